import { cash } from '#api/operations/cash.ts';
import { useRead } from '#api/queries.ts';
import { pounds, useClock } from '#ui/format.ts';
import { Card } from '#ui/page.tsx';
import { Loaded, Waiting } from '#ui/states.tsx';
import type { Session } from './cash.rules.ts';
import { texts } from './cash.texts.ts';

/** What happened in a drawer beside sales, the latest at the end, as on the Z. What should be in it is not shown. */
export function Drawer({ session }: { session: Session }) {
  const clock = useClock();
  const events = useRead(cash.timeline, { params: { session_id: session.uuid } });
  return (
    <Card title={texts.drawer.timeline}>
      <Loaded of={events} waiting={<Waiting rows={4} height={28} />}>
        {(all) => (
          <ol className="lines">
            {all.map(({ id, kind, amount, reason, made_by, recorded_at }) => (
              <li key={id}>
                <span className="soft figure drawer-time">{clock.time(recorded_at)}</span>
                <span className="drawer-what">
                  {texts.events[kind]}
                  {reason !== null && `: ${reason}`}
                  <span className="soft drawer-by">{made_by}</span>
                </span>
                <span className="figure lines-money">
                  {amount !== null && pounds(kind === 'cash_out' ? -amount : amount)}
                </span>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
      <p className="soft">{texts.drawer.timelineHint}</p>
    </Card>
  );
}
