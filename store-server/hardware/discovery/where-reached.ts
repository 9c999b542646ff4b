import type { StoreReach } from '#contract/devices.ts';
import { isLoopback } from '../../kernel/addresses.ts';
import type { NetworkCard } from './network-cards.ts';

export interface Listening {
  /** The address that the server is bound to; `0.0.0.0` and `::` stand for all. */
  readonly listensOn: string;
  readonly port: number;
  readonly olderPort: number;
  readonly cards: readonly NetworkCard[];
  /** The name that is announced in the network, `fynlo-1a2b3c4d.local`; null where nothing is. */
  readonly announcedAs: string | null;
}

const everyAddress: ReadonlySet<string> = new Set(['0.0.0.0', '::']);

/** Cards of containers, virtual machines and tunnels, as the usual programs name them: no iPad stands in their networks. */
const notForIpads =
  /^(docker|br-|bridge\d|veth|virbr|vmnet|vboxnet|vEthernet|VMware|VirtualBox|lxc|cni|podman|tun|tap|utun|wg|tailscale|zt)/i;

/** What a card gives itself when no router gave it an address (RFC 3927): nobody else is there. */
const isSelfGiven = (address: string): boolean => address.startsWith('169.254.');

const urlOf = (host: string, port: number): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;

/** Where the store is reached by other devices, the likeliest address first. */
export function whereReached({ listensOn, port, olderPort, cards, announcedAs }: Listening): StoreReach {
  const everywhere = everyAddress.has(listensOn);
  const own = everywhere
    ? cards.filter(({ address }) => !isSelfGiven(address))
    : isLoopback(listensOn)
      ? []
      : [{ name: cards.find(({ address }) => address === listensOn)?.name ?? null, address: listensOn }];
  const rank = ({ name }: { name: string | null }): number => Number(name !== null && notForIpads.test(name));
  const addresses = own
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ name, address }) => ({ url: urlOf(address, port), host: address, card: name }));
  return {
    reach: addresses.length > 0 ? 'network' : everywhere ? 'no_network' : 'this_computer',
    addresses,
    name_url: announcedAs === null || addresses.length === 0 ? null : urlOf(announcedAs, port),
    port,
    older_port: olderPort,
  };
}
