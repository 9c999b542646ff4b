import { Button, Drawer, Modal } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useRefresh } from '#api/queries.ts';
import { serverNow } from '#api/server-clock.ts';
import { moneyOf, useClock } from '#ui/format.ts';
import { Chip, Shape } from '#ui/signs.tsx';
import { Trouble } from '#ui/states.tsx';
import { dayName } from '../days.ts';
import { useMay } from '../frame/may.ts';
import { cellsOf } from '../health/health.rules.ts';
import { platform } from '../operations.ts';
import { Commands } from './commands.tsx';
import { LastDays } from './last-days.tsx';
import { ChangePrice } from './price.tsx';
import { agoOf, freshnessLevels, isOld, localTimeOf, progressOf, type Restaurant } from './restaurants.rules.ts';
import { texts, drawer as words } from './restaurants.texts.ts';

interface DrawerProps {
  readonly id: string;
  readonly all: readonly Restaurant[];
  readonly close: () => void;
}

/** One restaurant: what it says of this moment, how far the detail is, its last days, what was sent to it. */
export function RestaurantDrawer({ id, all, close }: DrawerProps) {
  const may = useMay();
  const one = all.find((restaurant) => restaurant.id === id);
  return (
    <Drawer opened onClose={close} title={one?.name ?? texts.title} position="right" size={600}>
      {one === undefined ? (
        <p>{words.gone}</p>
      ) : (
        <div className="store">
          <About one={one} />
          <Now one={one} />
          <Computer one={one} />
          <Detail one={one} />
          <LastDays id={id} />
          {may('manager') && one.revoked_at === null && <ChangePrice one={one} all={all} />}
          <Commands one={one} />
          {may('owner') && one.revoked_at === null && <CutOff one={one} />}
        </div>
      )}
    </Drawer>
  );
}

function About({ one }: { one: Restaurant }) {
  const clock = useClock();
  const there = localTimeOf(one, serverNow());
  return (
    <div className="store-head">
      <Chip level={freshnessLevels[one.freshness]}>{texts.states[one.freshness]}</Chip>
      <span className="soft">
        {one.revoked_at === null
          ? words.about(one.version, clock.short(one.joined_at))
          : words.cutOff(clock.short(one.revoked_at))}
      </span>
      {there !== null && <span className="soft">{words.localTime(there)}</span>}
    </div>
  );
}

function Now({ one }: { one: Restaurant }) {
  const { live } = one;
  if (live === null) {
    return (
      <section aria-label={words.now}>
        <h2>{words.now}</h2>
        <p className="soft">{words.neverSaid}</p>
      </section>
    );
  }
  const money = moneyOf(live.currency);
  const figures: [string, string | number][] = [
    [words.figures.sales, money(live.sales_minor)],
    [words.figures.refunds, money(live.refunds_minor)],
    [words.figures.settled, live.orders_settled],
    [words.figures.covers, live.covers],
    [words.figures.open, live.orders_open],
    [words.figures.unpaid, money(live.open_minor)],
  ];
  return (
    <section aria-label={words.now}>
      <h2>{words.now}</h2>
      <p className="soft">{words.said(agoOf(live.age_ms), dayName(live.business_day))}</p>
      {isOld(one) && one.revoked_at === null && (
        <p>{one.freshness === 'unknown' ? words.unknownSaid : words.silentSaid}</p>
      )}
      <dl className="store-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Computer({ one }: { one: Restaurant }) {
  const clock = useClock();
  if (one.live === null) return null;
  return (
    <section aria-label={words.health}>
      <h2>{words.health}</h2>
      <dl className="store-health">
        {cellsOf(one, serverNow(), clock.short).map(({ name, level, word, small }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Chip level={level}>{word}</Chip>
              {small.map((line) => (
                <small key={line}>{line}</small>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Detail({ one }: { one: Restaurant }) {
  const clock = useClock();
  const { detail } = one;
  const progress = progressOf(one);
  const allHere = isOld(one) ? words.allHereThen : words.allHere;
  const number = (value: number) => value.toLocaleString('en-GB');
  return (
    <section aria-label={words.detail}>
      <h2>{words.detail}</h2>
      <p>
        {detail.complete_to === null
          ? words.nothingYet
          : words.complete(clock.short(detail.complete_to), number(detail.acked_seq))}{' '}
        {progress === 'behind' && words.backlog(number(detail.backlog))}
        {progress === 'complete' && allHere}
      </p>
      {detail.days_in_doubt > 0 && (
        <p>
          <Shape level="warn" /> {words.doubt(detail.days_in_doubt)}
        </p>
      )}
      {detail.unread_facts > 0 && <p>{words.unread(number(detail.unread_facts))}</p>}
      {detail.orphaned_entries > 0 && <p>{words.orphaned(number(detail.orphaned_entries))}</p>}
    </section>
  );
}

/** Cannot be taken back from here, so it is asked about. */
function CutOff({ one }: { one: Restaurant }) {
  const [asked, setAsked] = useState(false);
  const act = useAct();
  const refresh = useRefresh();
  const lost = useIsLost();
  async function cut(): Promise<void> {
    const done = await act.run({
      title: words.cutDone(one.name),
      run: (key) => change(platform.revoke, { params: { id: one.id }, body: {} }, { key }),
    });
    if (!done) return;
    setAsked(false);
    refresh(platform.dashboard);
  }
  return (
    <div>
      <Button variant="default" color="bad" disabled={lost} onClick={() => setAsked(true)}>
        {words.cut}
      </Button>
      <Modal opened={asked} onClose={() => setAsked(false)} title={words.cutTitle(one.name)}>
        <div className="stack">
          <p>{words.cutMeans}</p>
          {act.problem !== null && <Trouble problem={act.problem} />}
          <div className="field-row">
            <Button color="bad" loading={act.busy} onClick={() => void cut()}>
              {words.cut}
            </Button>
            <Button variant="default" onClick={() => setAsked(false)} data-autofocus>
              {words.cancel}
            </Button>
          </div>
        </div>
      </Modal>
    </div>
  );
}
