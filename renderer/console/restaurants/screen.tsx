import { Button, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useIsLost } from '#api/connection.ts';
import { useClock } from '#ui/format.ts';
import { Card, Page } from '#ui/page.tsx';
import { Shape } from '#ui/signs.tsx';
import { Empty, Loaded, Waiting } from '#ui/states.tsx';
import { useDashboard } from '../dashboard.ts';
import { useKeys } from '../frame/keys.ts';
import { useMay } from '../frame/may.ts';
import { useChosen } from '../switch/chosen.ts';
import { dashboardOf } from '../switch/narrow.rules.ts';
import { RestaurantDrawer } from './drawer.tsx';
import { type Dashboard, ranked } from './restaurants.rules.ts';
import { texts } from './restaurants.texts.ts';
import { RestaurantTable } from './table.tsx';
import { Tiles } from './tiles.tsx';
import './restaurants.css';

/** Which one needs me? What needs somebody, then the day in figures, then every restaurant. */
export default function Restaurants() {
  const { id } = useParams();
  const go = useNavigate();
  const may = useMay();
  const client = useQueryClient();
  const dashboard = useDashboard();
  const lost = useIsLost();
  useKeys({ r: () => void client.invalidateQueries() });
  const data = dashboard.data;
  const counted = data?.restaurants.filter(({ freshness }) => freshness !== 'revoked').length ?? 0;
  return (
    <Page
      title={texts.title}
      lead={
        data === undefined || data.restaurants.length === 0 || lost
          ? undefined
          : texts.sentence(counted - data.attention.length, counted)
      }
      actions={
        may('manager') && (
          <Button component={Link} to="/add" variant="default">
            {texts.add}
          </Button>
        )
      }
    >
      <Loaded of={dashboard} waiting={<Waiting rows={5} height={64} />}>
        {(all) => (all.restaurants.length === 0 ? <Nobody mayAdd={may('manager')} /> : <Portfolio all={all} />)}
      </Loaded>
      {id !== undefined && data !== undefined && (
        <RestaurantDrawer key={id} id={id} all={data.restaurants} close={() => void go('/')} />
      )}
    </Page>
  );
}

function Nobody({ mayAdd }: { mayAdd: boolean }) {
  return (
    <Card title={texts.all}>
      <Empty title={texts.none}>
        <p>{texts.noneHint}</p>
        {mayAdd && (
          <Button component={Link} to="/add" mt={8}>
            {texts.add}
          </Button>
        )}
      </Empty>
    </Card>
  );
}

function Portfolio({ all }: { all: Dashboard }) {
  const [typed, setTyped] = useState('');
  const search = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => search.current?.focus() });
  const choice = useChosen();
  const own = dashboardOf(all, choice);
  const shown = ranked(own).filter(({ name }) => name.toLowerCase().includes(typed.trim().toLowerCase()));
  return (
    <>
      <NeedsYou all={all} />
      <Tiles all={own} />
      <Card
        title={choice?.name ?? texts.all}
        aside={
          <TextInput
            ref={search}
            type="search"
            size="xs"
            w={240}
            aria-label={texts.find}
            placeholder={texts.find}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
          />
        }
      >
        {shown.length === 0 ? <p className="soft">{texts.notFound(typed)}</p> : <RestaurantTable restaurants={shown} />}
      </Card>
    </>
  );
}

function NeedsYou({ all }: { all: Dashboard }) {
  const clock = useClock();
  const lost = useIsLost();
  return (
    <Card title={texts.attention}>
      <div role="status">
        {all.attention.length === 0 ? (
          <p className="needs-nothing">
            <Shape level={lost ? 'neutral' : 'ok'} /> {lost ? texts.nothingThen : texts.nothing}
          </p>
        ) : (
          <ul className="needs">
            {all.attention.map(({ id, name, urgent, reason, advice, since }) => (
              <li key={id}>
                <Shape level={urgent ? 'bad' : 'warn'} />
                <strong>
                  {name}
                  {urgent && <span className="unseen"> ({texts.urgent})</span>}
                </strong>
                <div className="needs-why">
                  <p>
                    {reason} {since !== null && <span className="soft">{texts.since(clock.short(since))}</span>}
                  </p>
                  <p className="soft">{advice}</p>
                </div>
                <Button
                  component={Link}
                  to={`/restaurants/${id}`}
                  size="compact-sm"
                  variant="default"
                  aria-label={texts.lookAt(name)}
                >
                  {texts.look}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
