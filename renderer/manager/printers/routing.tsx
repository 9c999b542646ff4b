import { ActionIcon, Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { kitchen } from '#api/operations/kitchen.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import { Card } from '#ui/page.tsx';
import { Shape } from '#ui/signs.tsx';
import { Empty, Loaded, Trouble } from '#ui/states.tsx';
import { say } from '../frame/say.tsx';
import type { Station } from '../stations/station-form.tsx';
import { texts as words } from '../stations/stations.texts.ts';
import type { Printer } from './printers.rules.ts';
import { texts } from './printers.texts.ts';

interface RoutingProps {
  readonly printers: readonly Printer[];
  readonly add: () => void;
  readonly edit: (station: Station) => void;
}

/** The kitchen's stations, and which printers put out the tickets of each. */
export function Routing({ printers, add, edit }: RoutingProps) {
  const stations = useRead(kitchen.stations, {});
  const lost = useIsLost();
  const carrier = printers.find(({ is_receipt_printer }) => is_receipt_printer)?.name;
  return (
    <Card title={texts.routing.title}>
      <Loaded of={stations}>
        {(all) => {
          const active = all.filter((station) => station.active);
          const retired = all.filter((station) => !station.active);
          return (
            <>
              {active.length === 0 && (
                <Empty title={texts.routing.none}>
                  <p>{texts.routing.noneHint}</p>
                  <Button variant="default" disabled={lost} onClick={add}>
                    {texts.routing.add}
                  </Button>
                </Empty>
              )}
              <ul className="lines">
                {active.map((station) => (
                  <li key={station.id}>
                    <span>{station.name}</span>
                    <Places station={station} carrier={carrier} />
                    <ActionIcon
                      variant="subtle"
                      size={28}
                      aria-label={texts.routing.edit(station.name)}
                      onClick={() => edit(station)}
                    >
                      <IconPencil size={14} stroke={1.75} />
                    </ActionIcon>
                  </li>
                ))}
              </ul>
              {active.length > 0 && (
                <Button size="xs" variant="default" className="routing-add" disabled={lost} onClick={add}>
                  {texts.routing.add}
                </Button>
              )}
              {retired.length > 0 && <Retired all={retired} />}
            </>
          );
        }}
      </Loaded>
    </Card>
  );
}

/** A station without a printer of its own has its tickets carried over from the receipt printer. */
function Places({ station, carrier }: { station: Station; carrier: string | undefined }) {
  if (station.printers.length > 0) return <span>{station.printers.map(({ name }) => name).join(', ')}</span>;
  return (
    <span>
      <Shape level="warn" /> {carrier === undefined ? texts.routing.nowhere : texts.routing.carried(carrier)}
    </span>
  );
}

function Retired({ all }: { all: readonly Station[] }) {
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();
  async function putBack({ id, name }: Station): Promise<void> {
    const params = { station_id: id };
    const done = await act.run({
      title: words.back(name),
      run: (key) => change(kitchen.changeStation, { params, body: { active: true } }, { key }),
      undo: () => change(kitchen.changeStation, { params, body: { active: false } }),
    });
    refresh(kitchen.stations);
    say(words.back(name), done);
  }
  return (
    <>
      <h3 className="routing-retired">{texts.routing.retired}</h3>
      {act.problem !== null && <Trouble problem={act.problem} />}
      <ul className="lines">
        {all.map((station) => (
          <li key={station.id}>
            <span className="soft">{station.name}</span>
            <Button
              size="compact-sm"
              variant="default"
              disabled={lost || act.busy}
              aria-label={texts.routing.backLabel(station.name)}
              onClick={() => void putBack(station)}
            >
              {texts.routing.back}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
