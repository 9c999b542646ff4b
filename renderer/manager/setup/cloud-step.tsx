import { relay } from '#api/operations/relay.ts';
import { useRead } from '#api/queries.ts';
import { Shape } from '#ui/signs.tsx';
import { Loaded } from '#ui/states.tsx';
import { ClaimForm } from '../relay/claim.tsx';
import { texts } from './setup.texts.ts';

/** The link tells no facts of how it fares. */
const LOOK_MS = 3_000;

/** The claim code of an owner of several restaurants, who sees this one from then on. */
export function CloudStep() {
  const status = useRead(relay.status, {}, { every: LOOK_MS });
  return (
    <Loaded of={status}>
      {({ state, sentence, url }) =>
        state === 'not_joined' ? (
          <ClaimForm url="" go={texts.cloud.go} quiet />
        ) : (
          <div role="status">
            {url !== null && (
              <p>
                <Shape level="ok" /> {texts.cloud.joined(url)}
              </p>
            )}
            <p className="soft">{sentence}</p>
          </div>
        )
      }
    </Loaded>
  );
}
