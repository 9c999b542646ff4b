import { isDeepStrictEqual } from 'node:util';

/** Whoever tells the evening: a person's terminal, or nobody where only the checks count. */
export interface Teller {
  act(title: string): void;
  say(sentence: string): void;
  paper(printer: string, text: string): void;
}

export const silent: Teller = { act: () => undefined, say: () => undefined, paper: () => undefined };

/** Something in the evening is not as it has to be. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement';
}

/** @throws Disagreement naming what was found and what it should have been */
export function agree(what: string, found: unknown, expected: unknown): void {
  if (isDeepStrictEqual(found, expected)) return;
  throw new Disagreement(`${what}: found ${JSON.stringify(found)}, should be ${JSON.stringify(expected)}`);
}

/** Pence as people say them. */
export function money(pence: number): string {
  const size = Math.abs(pence);
  return `${pence < 0 ? '-' : ''}£${Math.trunc(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}

/** Pounds off the wire, which have two places, as whole pence. */
export const pence = (pounds: number): number => Math.round(pounds * 100);

export interface PrintedText {
  /** Counts from 1 for as long as the printer lives. */
  readonly number: number;
  readonly text: string;
}

/** A restaurant to play the evening in: where it serves, and a look at what its printers put out. */
export interface Venue {
  readonly host: string;
  readonly port: number;
  /** The latest slips of the printer of this name, oldest first. */
  papers(printer: string): Promise<readonly PrintedText[]>;
  /** How often the drawer at the till has opened. */
  drawerOpenings(): Promise<number>;
}

const LOOK_EVERY_MS = 25;
const PATIENCE_MS = 8_000;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Takes each slip off its printer once, in order, and reads it out. */
export async function openSlips(venue: Venue, teller: Teller, printers: readonly string[]) {
  const taken = new Map<string, number>();
  for (const printer of printers) taken.set(printer, (await venue.papers(printer)).at(-1)?.number ?? 0);
  const newOn = async (printer: string) =>
    (await venue.papers(printer)).filter(({ number }) => number > (taken.get(printer) ?? 0));
  return {
    /** Waits for the next slip of a printer. @throws Disagreement when none comes */
    async next(printer: string): Promise<string> {
      const until = performance.now() + PATIENCE_MS;
      for (;;) {
        const [slip] = await newOn(printer);
        if (slip !== undefined) {
          taken.set(printer, slip.number);
          teller.paper(printer, slip.text);
          return slip.text;
        }
        if (performance.now() > until) throw new Disagreement(`${printer} put nothing out`);
        await pause(LOOK_EVERY_MS);
      }
    },
    /** How many slips hang in a printer that nobody took. */
    left: async (printer: string): Promise<number> => (await newOn(printer)).length,
  };
}
export type Slips = Awaited<ReturnType<typeof openSlips>>;

/** Insists that these pieces stand on a slip, in this order. */
export function reads(slip: string, where: string, pieces: readonly string[]): void {
  let from = 0;
  for (const piece of pieces) {
    const at = slip.indexOf(piece, from);
    if (at < 0) throw new Disagreement(`${where} should say “${piece}”${from === 0 ? '' : ' after that'}:\n${slip}`);
    from = at + piece.length;
  }
}
