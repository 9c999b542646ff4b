import { Bonjour } from 'bonjour-service';
import { networkCards } from './network-cards.ts';

export interface Announcement {
  /** Where HTTP is served. */
  readonly port: number;
  readonly httpsPort?: number;
  /** The restaurant's name, as the iPad shows it. */
  readonly name: string;
  readonly storeId: string;
  /** The protocol's version. */
  readonly version: string;
  /** IPv4 addresses to announce on; all of this machine's network cards by default, followed as they come and go. */
  readonly interfaces?: readonly string[];
  /** How often the network cards are looked at, in ms. */
  readonly watchEveryMs?: number;
  /** Told what goes wrong; nothing of it ever stops the server. */
  readonly onTrouble?: (error: Error) => void;
}

export interface Announcer {
  /** The host name that is announced, such as `fynlo-1a2b3c4d.local`. */
  readonly host: string;
  /** The addresses it is announced on at present. */
  interfaces(): readonly string[];
  /**
   * Says it all anew, on new sockets: after sleep a card may have left its multicast groups although its address is
   * what it was.
   */
  again(): Promise<void>;
  /** Takes the announcement back, so that iPads do not knock at a closed door. */
  stop(): Promise<void>;
}

/**
 * Tells the network where the store is: `_fynlo._tcp` for our own apps, `_http._tcp` for everybody else.
 * A machine without a network is no error; it is announced as soon as there is one.
 */
export function announce(what: Announcement): Announcer {
  const host = `fynlo-${shortId(what.storeId)}.local`;
  const voices = new Map<string, Voice>();

  const followNetwork = () => {
    const wanted = new Set(what.interfaces ?? networkCards().map(({ address }) => address));
    for (const [address, voice] of voices) {
      if (wanted.has(address)) continue;
      voices.delete(address);
      void voice.silence();
    }
    for (const address of wanted) {
      if (!voices.has(address)) voices.set(address, speakOn(address, host, what));
    }
  };

  const silenceAll = async () => {
    const silent = [...voices.values()].map((voice) => voice.silence());
    voices.clear();
    await Promise.all(silent);
  };

  let stopped = false;
  followNetwork();
  const watch = setInterval(followNetwork, what.watchEveryMs ?? 15_000);
  watch.unref();

  return {
    host,
    interfaces: () => [...voices.keys()],
    async again() {
      await silenceAll();
      if (!stopped) followNetwork();
    },
    async stop() {
      stopped = true;
      clearInterval(watch);
      await silenceAll();
    },
  };
}

interface Voice {
  silence(): Promise<void>;
}

function speakOn(address: string, host: string, what: Announcement): Voice {
  const trouble = what.onTrouble ?? (() => undefined);
  // Bound to the card's own address the socket would never hear a question on Linux: multicast does not arrive there.
  const options: BonjourOptions = { interface: address, bind: '0.0.0.0' };
  const bonjour = new Bonjour(options as ConstructorParameters<typeof Bonjour>[0], trouble);
  // Without a listener an address in use would end the whole process.
  socketOf(bonjour).on('error', trouble);
  socketOf(bonjour).on('warning', trouble);

  const txt = {
    version: what.version,
    store_id: what.storeId,
    name: what.name,
    ...(what.httpsPort === undefined ? {} : { https_port: String(what.httpsPort) }),
  };
  for (const type of ['fynlo', 'http']) {
    // Probing for a namesake writes to stdout and then stays silent for ever; the store's id makes the name unique instead.
    bonjour.publish({ name: uniqueName(what), type, port: what.port, host, disableIPv6: true, probe: false, txt });
  }
  return {
    silence: () =>
      new Promise((resolve) => {
        // With no network the farewell is never sent.
        const patience = setTimeout(() => bonjour.destroy(() => resolve()), 500);
        bonjour.unpublishAll(() => {
          clearTimeout(patience);
          bonjour.destroy(() => resolve());
        });
      }),
  };
}

/** What multicast-dns takes; bonjour-service hands it on but types it as a service. */
interface BonjourOptions {
  readonly interface: string;
  readonly bind: string;
}

function socketOf(bonjour: Bonjour): NodeJS.EventEmitter {
  return (bonjour as unknown as { server: { mdns: NodeJS.EventEmitter } }).server.mdns;
}

/** Names in DNS end after 63 bytes. */
function uniqueName({ name, storeId }: Announcement): string {
  const suffix = ` ${shortId(storeId).slice(-4)}`;
  let head = `Fynlo ${name}`.replace(/[\p{Cc}.]/gu, ' ');
  while (Buffer.byteLength(head + suffix) > 63) head = head.slice(0, -1);
  return head.toWellFormed() + suffix;
}

/** The random end of a UUIDv7; its head is the time of creation, which two stores may share. */
function shortId(storeId: string): string {
  return (
    storeId
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .slice(-8) || 'store'
  );
}
