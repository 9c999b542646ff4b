import { useRead } from '#api/queries.ts';
import { moneyOf, useClock } from '#ui/format.ts';
import { Chip } from '#ui/signs.tsx';
import { Loaded } from '#ui/states.tsx';
import { Grid } from '../grid.tsx';
import { platform } from '../operations.ts';
import { type Restaurant, verdictLevels } from './restaurants.rules.ts';
import { price as words } from './restaurants.texts.ts';

const LOOK_MS = 2_500;
const MOST = 8;

/** What was sent to a restaurant, and what it answered. */
export function Commands({ one }: { one: Restaurant }) {
  const params = { id: one.id };
  const clock = useClock();
  const commands = useRead(platform.commands, { params }, { every: LOOK_MS });
  const menu = useRead(platform.menu, { params });
  const money = moneyOf(one.live?.currency ?? null);
  return (
    <section aria-label={words.verdicts}>
      <h2>{words.verdicts}</h2>
      <Loaded of={commands}>
        {(all) =>
          all.length === 0 ? (
            <p className="soft">{words.none}</p>
          ) : (
            <Grid caption={words.verdicts} heads={[words.columns.what, words.columns.when, words.columns.state]}>
              <tbody>
                {all.slice(0, MOST).map(({ command_id, input, issued_at, state, problem }) => (
                  <tr key={command_id}>
                    <th scope="row">
                      {words.what(
                        menu.data?.find(({ id }) => id === input['product_id'])?.name ?? words.aDish,
                        money(Number(input['price_minor'])),
                      )}
                    </th>
                    <td>{clock.short(issued_at)}</td>
                    <td>
                      <Chip level={verdictLevels[state]}>{words.states[state]}</Chip>
                      {problem !== null && <small>{problem.message}</small>}
                      {state === 'undone' && <small>{words.sendAgain}</small>}
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
