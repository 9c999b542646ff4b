import { printers } from '#api/operations/printers.ts';
import { useRead } from '#api/queries.ts';
import type { Fact } from '../facts.ts';
import { texts } from '../frame.texts.ts';
import { useMay } from '../may.ts';

const words = texts.facts;
/** Slips that wait tell no fact, so the list is looked at again now and then. */
const LOOK_MS = 15_000;

/** What is wrong with a printer, in words that follow its name. */
export const troubleInWords = (reason: string): string =>
  (texts.printerTroubles as Readonly<Record<string, string>>)[reason] ?? texts.printerTroubles.other;

/** Between the server and a device: the third kind of outage. Everything else goes on. */
export function usePrintersFact(): Fact | null {
  const may = useMay()('printers.read');
  const { data } = useRead(printers.list, {}, { wanted: may, every: LOOK_MS });
  if (data === undefined) return null;
  const id = 'printers';
  if (data.length === 0) return { id, level: 'warn', words: words.noPrinters, sentence: words.noPrintersSentence };
  const troubled = data.filter(({ problem }) => problem !== null);
  const [first] = troubled;
  return {
    id,
    level: first === undefined ? 'ok' : 'warn',
    words: words.printers(data.length - troubled.length, data.length),
    sentence: first === undefined ? words.printersFine : `${first.name} ${troubleInWords(first.problem ?? '')}.`,
  };
}
