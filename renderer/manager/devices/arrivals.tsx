import { devices } from '#api/operations/auth.ts';
import { useRead } from '#api/queries.ts';
import { ageOf } from '#ui/format.ts';
import { useServerNow } from '#ui/now.ts';
import { Shape } from '#ui/signs.tsx';
import { nameOf } from './device-name.ts';
import { texts } from './let-in.texts.ts';

const LATELY_MS = 60 * 60_000;

/** Who has come in lately, told as it happens. */
export function Arrivals() {
  const list = useRead(devices.list, {});
  const now = useServerNow();
  const came = (list.data ?? [])
    .filter(({ revoked_at, registered_at }) => revoked_at === null && Date.parse(registered_at) > now - LATELY_MS)
    .toSorted((a, b) => b.registered_at.localeCompare(a.registered_at));
  return (
    <div role="status" className="let-in-arrivals">
      {came.length > 0 && (
        <>
          <h3>{texts.arrivals}</h3>
          <ul className="lines">
            {came.map((device) => (
              <li key={device.id}>
                <span>
                  <Shape level="ok" /> {texts.isIn(nameOf(device))}
                </span>
                <span className="soft">{ageOf(Date.parse(device.registered_at), now)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
