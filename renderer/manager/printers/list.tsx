import { Link } from 'react-router';
import { printers } from '#api/operations/printers.ts';
import { useRead } from '#api/queries.ts';
import { useClock } from '#ui/format.ts';
import { Chip } from '#ui/signs.tsx';
import { troubleInWords } from '../frame/facts/printers.ts';
import { type Printer, slipState, stateOf } from './printers.rules.ts';
import { texts } from './printers.texts.ts';

/** Every printer with what is true of it. */
export function PrinterList({ all, chosen }: { all: readonly Printer[]; chosen: string | undefined }) {
  const models = useRead(printers.models, {});
  const clock = useClock();
  return (
    <ul className="printers">
      {all.map((printer) => {
        const model = models.data?.find(({ id }) => id === printer.model);
        const [level, word] = stateOf(printer, model?.has_status ?? true);
        const { last_job: last, problem } = printer;
        return (
          <li key={printer.id} data-chosen={printer.id === chosen || undefined}>
            <div className="printer-head">
              <Link to={`/printers/${printer.id}`} aria-current={printer.id === chosen ? 'true' : undefined}>
                {printer.name}
              </Link>
              <Chip level={level}>{word}</Chip>
            </div>
            <p className="soft">{placesOf(printer)}</p>
            {problem !== null && <p>{texts.trouble(troubleInWords(problem), printer.waiting_jobs)}</p>}
            {problem === null && last !== null && (
              <p className="soft">
                {texts.last(last.title, slipState({ ...last, reason: null })[1], clock.short(last.at))}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}

export function placesOf({ station_names, is_receipt_printer }: Printer): string {
  const places = [...station_names, ...(is_receipt_printer ? [texts.receipts] : [])];
  return places.length === 0 ? texts.printsNothing : texts.prints(places.join(', '));
}
