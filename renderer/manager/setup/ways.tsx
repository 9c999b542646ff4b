import { auth } from '#api/operations/auth.ts';
import { useRead } from '#api/queries.ts';
import { isPractice } from '#contract/staff.ts';
import { texts } from './setup.texts.ts';
import { type Way, ways } from './steps.ts';

/** What the set-up is about: a restaurant that begins, or one that comes from elsewhere. */
export function Ways({ chosen, choose }: { chosen: Way; choose: (way: Way) => void }) {
  const practice = useRead(auth.setupState, {}).data?.practice ?? null;
  const isOffered = (way: Way): boolean => way !== 'practice' || (practice !== null && !isPractice(practice));
  return (
    <fieldset className="setup-choices">
      <legend>{texts.code.ways}</legend>
      {ways.filter(isOffered).map((way) => (
        <label key={way} className="setup-choice">
          <input type="radio" name="way" checked={chosen === way} onChange={() => choose(way)} />
          <span>
            <span className="setup-choice-name">{texts.code.way[way]}</span>
            <span className="soft">{texts.code.wayHint[way]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
