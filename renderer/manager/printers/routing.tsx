import { printers } from '#api/operations/printers.ts';
import { useRead } from '#api/queries.ts';
import { Card } from '#ui/page.tsx';
import { Shape } from '#ui/signs.tsx';
import { Loaded } from '#ui/states.tsx';
import { texts } from './printers.texts.ts';

/** Which printers put out the tickets of each kitchen station. */
export function Routing() {
  const stations = useRead(printers.stations, {});
  return (
    <Card title={texts.routing.title}>
      <Loaded of={stations}>
        {(all) => {
          const active = all.filter((station) => station.active);
          if (active.length === 0) return <p className="soft">{texts.routing.none}</p>;
          return (
            <ul className="lines">
              {active.map(({ id, name, printers: own }) => (
                <li key={id}>
                  <span>{name}</span>
                  <span>
                    {own.length === 0 && <Shape level="warn" />}{' '}
                    {own.length === 0 ? texts.routing.nowhere : own.map((printer) => printer.name).join(', ')}
                  </span>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
    </Card>
  );
}
