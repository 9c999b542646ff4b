import { useRead } from '#api/queries.ts';
import { moneyOf } from '#ui/format.ts';
import { Loaded } from '#ui/states.tsx';
import { DayState } from '../day-state.tsx';
import { dayName, dayPlus, today } from '../days.ts';
import { Grid } from '../grid.tsx';
import { platform } from '../operations.ts';
import { drawer as words } from './restaurants.texts.ts';

const LOOK_MS = 5_000;
const columns = words.dayColumns;

/** The business days of two weeks, the latest first, each with whether it adds up. */
export function LastDays({ id }: { id: string }) {
  const to = dayPlus(today(), 1);
  const days = useRead(platform.days, { params: { id }, query: { from: dayPlus(to, -14), to } }, { every: LOOK_MS });
  return (
    <section aria-label={words.days}>
      <h2>{words.days}</h2>
      <Loaded of={days}>
        {(found) =>
          found.days.length === 0 ? (
            <p className="soft">{words.noDays}</p>
          ) : (
            <Grid
              caption={words.days}
              heads={[
                columns.day,
                { figures: columns.orders },
                { figures: columns.sales },
                { figures: columns.refunds },
                columns.state,
              ]}
            >
              <tbody>
                {found.days.toReversed().map((day) => (
                  <tr key={day.business_day}>
                    <th scope="row">{dayName(day.business_day)}</th>
                    <td className="num">{day.orders}</td>
                    <td className="num">{moneyOf(day.currency)(day.sales_minor)}</td>
                    <td className="num">{moneyOf(day.currency)(day.refunds_minor)}</td>
                    <td>
                      <DayState agrees={day.agrees} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </Grid>
          )
        }
      </Loaded>
    </section>
  );
}
