import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { Link } from 'react-router';
import { useAct } from '#api/actions.ts';
import { kept } from '#api/browser.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { useRead } from '#api/queries.ts';
import { serverNow } from '#api/server-clock.ts';
import { useSession } from '#api/session.ts';
import { useClock } from '#ui/format.ts';
import { Card, Page } from '#ui/page.tsx';
import { Chip } from '#ui/signs.tsx';
import { Loaded, Trouble } from '#ui/states.tsx';
import { useDashboard } from '../dashboard.ts';
import { platform } from '../operations.ts';
import { freshnessLevels } from '../restaurants/restaurants.rules.ts';
import { texts as states } from '../restaurants/restaurants.texts.ts';
import { type Code, Unused } from './codes.tsx';
import { texts } from './onboarding.texts.ts';
import { Sheet } from './sheet.tsx';
import './onboarding.css';

const LOOK_MS = 3_000;
const MOST_JOINED = 6;

/** Onboarding on one page: make a code, hand it over, watch the restaurant arrive. */
export default function Onboarding() {
  const { person } = useSession();
  // Only in this window and for this person: a code opens the door.
  const store = kept<readonly Code[]>(() => sessionStorage, `fynlo.claim-codes.${person.id}`);
  const [codes, setCodes] = useState<readonly Code[]>(() =>
    (store.read() ?? []).filter(({ expires_at }) => Date.parse(expires_at) > serverNow()),
  );
  const [printed, setPrinted] = useState<Code | null>(null);
  const name = useDraft<string>('console.add-restaurant', '');
  const act = useAct();
  const lost = useIsLost();
  const unused = useRead(platform.unusedCodes, {}, { every: LOOK_MS });
  const open = unused.data?.filter(({ expired }) => !expired) ?? [];
  const wordsOf = (id: string) => codes.find((code) => code.id === id);
  const latest = open.map(({ id }) => wordsOf(id)).find((code) => code !== undefined);
  // A code that has been used since is of no use on paper.
  const onSheet = open.some(({ id }) => id === printed?.id) ? (printed ?? latest) : latest;

  async function make(restaurant: string): Promise<boolean> {
    return act.run({
      title: texts.made,
      run: async (key) => {
        const { data } = await change(platform.claimCode, { body: { restaurant } }, { key });
        const next = [data, ...codes];
        store.write(next);
        setCodes(next);
        unused.again();
      },
    });
  }
  function printSheet(code: Code): void {
    flushSync(() => setPrinted(code));
    print();
  }
  return (
    <>
      <div className="off-paper">
        <Page title={texts.title} lead={texts.lead}>
          <div className="joining">
            <Card title={texts.unused}>
              <form
                className="field-row make-code"
                onSubmit={(event) => {
                  event.preventDefault();
                  void make(name.value).then((done) => done && name.clear());
                }}
              >
                <TextInput
                  label={texts.restaurant}
                  description={texts.restaurantHint}
                  inputWrapperOrder={['label', 'input', 'error', 'description']}
                  maxLength={100}
                  value={name.value}
                  onChange={(event) => name.set(event.currentTarget.value)}
                />
                <Button type="submit" mt={24} loading={act.busy} disabled={lost}>
                  {texts.make}
                </Button>
              </form>
              {act.problem !== null && <Trouble problem={act.problem} />}
              <Loaded of={unused}>
                {(all) =>
                  all.length === 0 ? (
                    <p className="soft">{texts.empty}</p>
                  ) : (
                    <ul className="codes" aria-live="polite">
                      {all.map((one) => (
                        <Unused
                          key={one.id}
                          one={one}
                          words={wordsOf(one.id)}
                          busy={act.busy || lost}
                          print={printSheet}
                          again={(restaurant) => void make(restaurant)}
                        />
                      ))}
                    </ul>
                  )
                }
              </Loaded>
              <p className="soft">{texts.once}</p>
            </Card>
            <div className="stack">
              <Card title={texts.howTitle}>
                <ol className="steps">
                  <li>{texts.steps.open}</li>
                  <li>
                    {texts.steps.go}
                    <code className="command">{location.origin}</code>
                    {latest !== undefined && <code className="command">{latest.code}</code>}
                  </li>
                  <li>{texts.steps.wait}</li>
                </ol>
              </Card>
              <Joined />
            </div>
          </div>
        </Page>
      </div>
      {onSheet !== undefined && <Sheet of={onSheet} />}
    </>
  );
}

/** Whoever made a code sees here that it was used. */
function Joined() {
  const dashboard = useDashboard(LOOK_MS);
  const clock = useClock();
  return (
    <Card title={texts.joined}>
      <Loaded of={dashboard}>
        {({ restaurants }) =>
          restaurants.length === 0 ? (
            <p className="soft">{texts.nobody}</p>
          ) : (
            <ul className="lines">
              {restaurants
                .toSorted((a, b) => b.joined_at.localeCompare(a.joined_at))
                .slice(0, MOST_JOINED)
                .map(({ id, name, joined_at, freshness }) => (
                  <li key={id}>
                    <span>
                      <Link to={`/restaurants/${id}`}>{name}</Link>
                    </span>
                    <span className="soft">{texts.at(clock.short(joined_at))}</span>
                    <Chip level={freshnessLevels[freshness]}>{states.states[freshness]}</Chip>
                  </li>
                ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  );
}
