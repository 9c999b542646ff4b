import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { Bonjour } from 'bonjour-service';
import { isLocalAddress } from '../printing/wires/address.ts';

export interface FoundPrinter {
  /** As it is stored: `tcp://192.168.1.50:9100`. */
  readonly address: string;
  /** What it calls itself in the network, if it says so. */
  readonly name: string | null;
}

export interface SearchOptions {
  /** Where to knock; every address of the networks that this computer stands in, on the usual port, by default. */
  readonly places?: readonly Place[];
  /** How long names are listened for, in ms; 0 asks nobody. */
  readonly listenMs?: number;
  /** How long one address has to open its door, in ms. */
  readonly knockMs?: number;
  /** How many are knocked at together: more would look like an attack to a small router. */
  readonly atOnce?: number;
  /** Told now and then how far it is. */
  readonly tell?: (step: SearchStep) => void;
}

export interface SearchStep {
  /** 0 to 1. */
  readonly done: number;
  /** Addresses that have answered so far. */
  readonly addresses: readonly string[];
}

interface Place {
  readonly host: string;
  readonly port: number;
}

const RAW_PORT = 9100;
const MOST_NETWORKS = 2;
const LISTEN_SLICES = 10;
/** Raw printing first: the others only lend their names to what answers there. */
const services = ['pdl-datastream', 'printer', 'ipp'] as const;

/**
 * Printers in the store's own network, by knocking at the raw-printing port of its /24 and by the names they announce.
 * Never leaves the private ranges; ends within about three seconds, network or not.
 */
export async function findPrinters(
  options: SearchOptions = {},
): Promise<{ found: readonly FoundPrinter[]; lookedAt: number }> {
  const { places = ownNetworks(), listenMs = 2_500, knockMs = 400, atOnce = 64, tell = () => undefined } = options;
  const local = places.filter(({ host }) => isLocalAddress(host));
  const answered: string[] = [];
  let knocked = 0;
  let listened = 0;
  /** Both go on together, so it is as far as the slower one. */
  const step = (): void => {
    const heard = listenMs === 0 ? 1 : listened / LISTEN_SLICES;
    tell({ done: Math.min(heard, local.length === 0 ? 1 : knocked / local.length), addresses: [...answered] });
  };
  const [open, named] = await Promise.all([
    knockAtAll(local, knockMs, atOnce, (place, isOpen) => {
      knocked += 1;
      if (isOpen) answered.push(addressOf(place));
      step();
    }),
    listen(listenMs, () => {
      listened += 1;
      step();
    }),
  ]);
  const raw = named.filter(({ raw: isRaw, host }) => isRaw && isLocalAddress(host));
  const all = new Map([...raw, ...open].map((place) => [addressOf(place), place]));
  const nameOf = (host: string): string | null => named.find((one) => one.host === host)?.name ?? null;
  return {
    found: [...all].map(([address, { host }]) => ({ address, name: nameOf(host) })),
    lookedAt: local.length,
  };
}

const addressOf = ({ host, port }: Place): string => `tcp://${host}:${port}`;

/** Every neighbour in the /24 of this computer's cards, without itself. */
function ownNetworks(): Place[] {
  const cards = Object.values(networkInterfaces()).flatMap((card) => card ?? []);
  const own = cards.filter(
    ({ family, internal, address }) => family === 'IPv4' && !internal && isLocalAddress(address),
  );
  const taken = new Set(own.map(({ address }) => address));
  const networks = [...new Set(own.map(({ address }) => address.slice(0, address.lastIndexOf('.'))))];
  return networks
    .slice(0, MOST_NETWORKS)
    .flatMap((network) => Array.from({ length: 254 }, (_, at) => ({ host: `${network}.${at + 1}`, port: RAW_PORT })))
    .filter(({ host }) => !taken.has(host));
}

async function knockAtAll(
  places: readonly Place[],
  knockMs: number,
  atOnce: number,
  knocked: (place: Place, isOpen: boolean) => void,
): Promise<Place[]> {
  const open: Place[] = [];
  const rest = [...places];
  const worker = async (): Promise<void> => {
    for (let place = rest.shift(); place !== undefined; place = rest.shift()) {
      const isOpen = await opens(place, knockMs);
      if (isOpen) open.push(place);
      knocked(place, isOpen);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return open.sort((a, b) => a.host.localeCompare(b.host, 'en', { numeric: true }) || a.port - b.port);
}

/** Whether somebody opens. Nothing is sent: a printer would put it on paper. */
const opens = ({ host, port }: Place, knockMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (answer: boolean): void => {
      clearTimeout(patience);
      socket.destroy();
      resolve(answer);
    };
    const patience = setTimeout(() => end(false), knockMs);
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });

interface Named extends Place {
  readonly name: string;
  readonly raw: boolean;
}

/** Who says that they print. A computer without a network hears nobody, which is no error. */
async function listen(listenMs: number, slice: () => void): Promise<Named[]> {
  if (listenMs === 0) return [];
  const heard: Named[] = [];
  const bonjour = new Bonjour({}, () => undefined);
  for (const type of services) {
    bonjour.find({ type }, ({ name, port, addresses = [] }) => {
      for (const host of addresses) heard.push({ host, port, name, raw: type === 'pdl-datastream' });
    });
  }
  for (let at = 0; at < LISTEN_SLICES; at += 1) {
    await pause(listenMs / LISTEN_SLICES);
    slice();
  }
  await new Promise<void>((resolve) => bonjour.destroy(() => resolve()));
  return heard;
}
