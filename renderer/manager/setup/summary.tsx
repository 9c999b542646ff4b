import { texts } from './setup.texts.ts';
import type { FieldName, Mistakes } from './steps.ts';

/** Every mistake at the top, each leading to its field. */
export function Summary({ of }: { of: Mistakes }) {
  const found = Object.entries(of) as [FieldName, string][];
  if (found.length === 0) return null;
  return (
    <div className="trouble" role="alert">
      <p className="trouble-what">{texts.wrong(found.length)}</p>
      <ul>
        {found.map(([name, message]) => (
          <li key={name}>
            <a href={`#${name}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
