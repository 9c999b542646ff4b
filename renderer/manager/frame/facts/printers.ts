import { IconPrinterOff } from '@tabler/icons-react';
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
  if (data.length === 0) {
    const [none, sentence] = [words.noPrinters, words.noPrintersSentence];
    return {
      id,
      level: 'warn',
      words: none,
      sentence,
      Icon: IconPrinterOff,
      to: '/printers',
      action: words.addPrinter,
    };
  }
  const troubled = data.filter(({ problem }) => problem !== null);
  const [first] = troubled;
  const ready = words.printers(data.length - troubled.length, data.length);
  if (first === undefined) return { id, level: 'ok', words: ready, sentence: words.printersFine, to: '/printers' };
  return {
    id,
    level: 'warn',
    words: ready,
    sentence: `${first.name} ${troubleInWords(first.problem ?? '')}.`,
    goesOn: words.printersGoOn,
    Icon: IconPrinterOff,
    to: `/printers/${first.id}`,
    action: words.openPrinter,
  };
}
