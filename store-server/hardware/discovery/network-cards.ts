import { networkInterfaces } from 'node:os';

/** One IPv4 address of this computer in a network. */
export interface NetworkCard {
  /** As the system calls the card: `Wi-Fi`, `eth0`, `en0`. */
  readonly name: string;
  readonly address: string;
}

/** Every address at which somebody else may reach this computer. */
export const networkCards = (): NetworkCard[] =>
  Object.entries(networkInterfaces()).flatMap(([name, card]) =>
    (card ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => ({ name, address })),
  );
