import { useNavigate } from 'react-router';
import { printers } from '#api/operations/printers.ts';
import { useRead } from '#api/queries.ts';
import { troubleInWords } from '../facts/printers.ts';
import type { Found, Search } from '../finders.ts';
import { texts } from '../frame.texts.ts';
import { useReach } from '../reach.ts';

/** Printers by their name, or by a station whose slips they print. */
export function usePrinterFinder({ wants, nearness }: Search): Found[] {
  const wanted = useReach()('/printers') && wants('printer');
  const go = useNavigate();
  const { data } = useRead(printers.list, {}, { wanted });
  if (!wanted || data === undefined) return [];
  return data.flatMap(({ id, name, station_names, problem }): Found[] => {
    const rank = nearness(`${name} ${station_names.join(' ')}`);
    if (rank === null) return [];
    return [
      {
        id: `printer.${id}`,
        group: texts.groups.printers,
        label: name,
        aside: problem === null ? station_names.join(', ') : troubleInWords(problem),
        rank: rank + 1,
        run: () => void go(`/printers/${id}`),
      },
    ];
  });
}
