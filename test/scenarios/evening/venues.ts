import { plainText } from '../../../store-server/hardware/lab/slip.ts';
import type { TestStore } from '../../harness/open-store.ts';
import { printers } from './stage.ts';
import type { Venue } from './telling.ts';

/** A store in this process: its printers are looked at directly. */
export const venueIn = (store: TestStore): Venue => ({
  host: '127.0.0.1',
  port: store.server.port,
  papers: async (printer) =>
    store
      .printer(printer)
      .papers()
      .map(({ number, slip }) => ({ number, text: plainText(slip) })),
  drawerOpenings: async () => store.printer(printers.till).drawerOpenings().length,
});

interface PrinterState {
  readonly id: string;
  readonly name: string;
  readonly virtual: boolean;
  readonly drawer_openings: number;
  readonly papers: readonly { readonly number: number }[];
}

/** A running demo: its printers are looked at through its status page, which this computer may see without signing in. */
export function venueAt(url: URL): Venue {
  const printed = new Map<string, string>();
  const fetched = async (path: string): Promise<Response> => {
    const answer = await fetch(new URL(path, url));
    if (answer.ok) return answer;
    throw new Error(`${url}${path} answers ${answer.status}. Is a demo running there, on this computer?`);
  };
  const stateOf = async (name: string): Promise<PrinterState> => {
    const { printers } = (await (await fetched('status/state.json')).json()) as { printers: PrinterState[] };
    const printer = printers.find((one) => one.name === name);
    if (printer?.virtual === true) return printer;
    throw new Error(`There is no virtual printer called ${name} at ${url}`);
  };
  const words = async (printer: string, number: number): Promise<string> => {
    const place = `status/paper.txt?printer=${printer}&number=${number}`;
    const known = printed.get(place) ?? (await (await fetched(place)).text());
    printed.set(place, known);
    return known;
  };
  return {
    host: url.hostname,
    port: Number(url.port || 80),
    async papers(name) {
      const { id, papers } = await stateOf(name);
      const numbers = papers.map(({ number }) => number).sort((one, other) => one - other);
      return Promise.all(numbers.map(async (number) => ({ number, text: await words(id, number) })));
    },
    drawerOpenings: async () => (await stateOf(printers.till)).drawer_openings,
  };
}
