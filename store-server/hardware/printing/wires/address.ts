import { BlockList, isIP } from 'node:net';

export interface PrinterAddress {
  readonly scheme: 'tcp';
  readonly host: string;
  readonly port: number;
  /** The same address written in full, which is what is stored. */
  readonly href: string;
}

export type ParsedAddress =
  | { readonly ok: true; readonly address: PrinterAddress }
  | { readonly ok: false; readonly reason: string };

const usualPort = 9100;

/** Where a printer may stand: loopback, the private ranges and link-local. An address elsewhere would let a setting reach out. */
const localNetworks = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  localNetworks.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  localNetworks.addSubnet(network, prefix, 'ipv6');
}

/** Whether an IP address is on this machine or in a private network. */
export function isLocalAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  // The cloud's metadata service answers there and no printer ever does.
  if (address === '169.254.169.254') return false;
  return localNetworks.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Reads a printer's address, `tcp://host` or `tcp://host:port`, or the host alone as the printer's own test page has it;
 * says in a sentence what is wrong with it.
 */
export function parsePrinterAddress(written: string): ParsedAddress {
  const typed = written.trim();
  const match = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/i.exec(typed.includes('://') ? typed : `tcp://${typed}`);
  if (!match) return refused('Write the address as tcp://10.0.0.9:9100.');
  const [, scheme = '', place = ''] = match;
  if (scheme.toLowerCase() !== 'tcp')
    return refused(`Printers are reached over tcp:// here, not ${scheme.toLowerCase()}://.`);
  const parts = /^(\[[0-9a-f:.]+\]|[^:/?#@[\]\s]+)(?::(\d{1,5}))?\/?$/i.exec(place);
  if (!parts) return refused('Write the address as tcp://10.0.0.9:9100, with nothing else around it.');
  const host = (parts[1] ?? '').replace(/^\[|\]$/g, '').toLowerCase();
  const port = parts[2] === undefined ? usualPort : Number(parts[2]);
  if (port < 1 || port > 65_535) return refused('The port is a number from 1 to 65535, usually 9100.');
  if (!isLocalHost(host)) {
    return refused(
      'The printer has to be in this network: a private address such as 10.0.0.9, or a name that ends in .local.',
    );
  }
  return {
    ok: true,
    address: { scheme: 'tcp', host, port, href: `tcp://${isIP(host) === 6 ? `[${host}]` : host}:${port}` },
  };
}

function isLocalHost(host: string): boolean {
  if (isIP(host) !== 0) return isLocalAddress(host);
  return host === 'localhost' || /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+local$/.test(host);
}

function refused(reason: string): ParsedAddress {
  return { ok: false, reason };
}
