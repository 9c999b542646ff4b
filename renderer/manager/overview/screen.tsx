import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { orders, reports, shifts } from '#api/operations/day.ts';
import { menu } from '#api/operations/menu.ts';
import { useRead } from '#api/queries.ts';
import { Page } from '#ui/page.tsx';
import { useCommands } from '../frame/commands.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { useReach } from '../frame/reach.ts';
import { OffTheMenu, SoldMost } from './dishes.tsx';
import { Hours } from './hours.tsx';
import { useNeeds } from './needs.ts';
import { NeedsYou } from './needs-you.tsx';
import { OpeningCheck } from './opening-check.tsx';
import { texts } from './overview.texts.ts';
import { Sentence } from './sentence.tsx';
import { SetupLeft } from './setup-left.tsx';
import { Tiles } from './tiles.tsx';
import './overview.css';

/** What no fact tells: a business day that has turned. */
const LOOK_MS = 60_000;

/** Is the restaurant all right? In one sentence, then in figures, then the day's shape. */
export default function Overview() {
  const client = useQueryClient();
  const sales = useRead(reports.dailySales, {}, { every: LOOK_MS });
  const open = useRead(orders.list, { query: { status: 'open', limit: 200 } });
  const session = useRead(shifts.current, {});
  const problems = useRead(menu.problems, {});
  useCommands([
    {
      id: 'overview.refresh',
      label: texts.refresh,
      group: frame.groups.page,
      keys: 'r',
      run: () => void client.invalidateQueries(),
    },
  ]);
  const needs = useNeeds({ session, problems, day: sales.data?.report_info.date });
  const reaches = useReach();
  const untouched = sales.data?.summary.total_orders === 0 && open.data?.length === 0;
  return (
    <Page
      title={texts.title}
      lead={<Sentence first={needs[0]} sales={sales.data} orders={open.data} />}
      actions={
        session.data != null &&
        reaches('/cash') && (
          <Button component={Link} to="/cash" variant="default">
            {texts.closeDay}
          </Button>
        )
      }
    >
      <Tiles sales={sales} open={open} session={session} />
      <div className="overview-columns">
        <div className="overview-column">
          <NeedsYou needs={needs} />
          <SetupLeft />
          {untouched && <OpeningCheck session={session.data} problems={problems.data} />}
          <OffTheMenu />
          {!untouched && <SoldMost sales={sales} />}
        </div>
        <Hours sales={sales} />
      </div>
    </Page>
  );
}
