import { BlockList, isIP } from 'node:net';

/** Addresses that only exist on a local network or on this machine (RFC 1918, 3927, 4193, 4291, 6598). */
const local = new BlockList();
local.addSubnet('10.0.0.0', 8);
local.addSubnet('172.16.0.0', 12);
local.addSubnet('192.168.0.0', 16);
local.addSubnet('127.0.0.0', 8);
local.addSubnet('169.254.0.0', 16);
local.addSubnet('100.64.0.0', 10);
local.addSubnet('fc00::', 7, 'ipv6');
local.addSubnet('fe80::', 10, 'ipv6');
local.addAddress('::1', 'ipv6');

const hostForm = /^(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::(\d{1,5}))?$/;

/** A socket's address without the prefix that IPv4 gets on a socket that speaks both. */
export const plainAddress = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/, '');

/** What a check needs of a request: its Host and Origin headers, and the address it came in on. */
export interface Approach {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly localAddress: string | undefined;
}

/**
 * Keeps pages of other sites from using the store server through a browser on its network. A page on another site that
 * has its name resolved to our address (DNS rebinding) shows in the Host header, a page that calls us across sites in
 * the Origin header. Programs send no Origin.
 * @param names host names the store server goes by, without ports, besides `localhost` and `*.local`
 */
export function createHostCheck(names: readonly string[]): (approach: Approach) => boolean {
  const known = new Set(['localhost', ...names.map((name) => name.toLowerCase())]);

  function isOurs(host: string, localAddress: string): boolean {
    const name = hostForm.exec(host)?.[1];
    if (name === undefined) return false;
    const address = name.startsWith('[') ? name.slice(1, -1) : name;
    const version = isIP(address);
    if (version === 0) return known.has(name) || name.endsWith('.local');
    return address === localAddress || local.check(address, version === 6 ? 'ipv6' : 'ipv4');
  }

  return ({ host, origin, localAddress }) => {
    if (host === undefined) return false;
    const asked = host.toLowerCase();
    if (!isOurs(asked, plainAddress(localAddress))) return false;
    return origin === undefined || origin.toLowerCase().replace(/^https?:\/\//, '') === asked;
  };
}
