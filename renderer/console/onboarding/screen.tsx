import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import { useAct } from '#api/actions.ts';
import { kept } from '#api/browser.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useRead } from '#api/queries.ts';
import { serverNow } from '#api/server-clock.ts';
import { useSession } from '#api/session.ts';
import type { UnusedCodeDto } from '#contract/platform.ts';
import { useClock } from '#ui/format.ts';
import { Card, Page } from '#ui/page.tsx';
import { Chip } from '#ui/signs.tsx';
import { Loaded, Trouble } from '#ui/states.tsx';
import { platform } from '../operations.ts';
import { freshnessLevels } from '../restaurants/restaurants.rules.ts';
import { texts as states } from '../restaurants/restaurants.texts.ts';
import { texts } from './onboarding.texts.ts';
import './onboarding.css';

type UnusedCode = z.output<typeof UnusedCodeDto>;

interface Code {
  readonly id: string;
  readonly code: string;
  readonly expires_at: string;
}

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
  const act = useAct();
  const lost = useIsLost();
  const unused = useRead(platform.unusedCodes, {}, { every: LOOK_MS });
  const wordsOf = (one: UnusedCode) => codes.find(({ id }) => id === one.id)?.code;

  function make(): void {
    void act.run({
      title: texts.made,
      run: async (key) => {
        const { data } = await change(platform.claimCode, { body: {} }, { key });
        const next = [data, ...codes];
        store.write(next);
        setCodes(next);
        unused.again();
      },
    });
  }
  const [first = '', second = '', third = ''] = texts.how.split('\n');
  return (
    <Page title={texts.title} lead={texts.lead}>
      <div className="joining">
        <Card title={texts.unused}>
          {act.problem !== null && <Trouble problem={act.problem} />}
          <Loaded of={unused}>
            {(all) =>
              all.length === 0 ? (
                <p className="soft">{texts.empty}</p>
              ) : (
                <ul className="codes" aria-live="polite">
                  {all.map((one) => (
                    <Unused key={one.id} one={one} code={wordsOf(one)} />
                  ))}
                </ul>
              )
            }
          </Loaded>
          <div>
            <Button loading={act.busy} disabled={lost} onClick={make}>
              {unused.data?.length === 0 ? texts.make : texts.another}
            </Button>
          </div>
          <p className="soft">{texts.once}</p>
        </Card>
        <div className="stack">
          <Card title={texts.howTitle}>
            <ol className="steps">
              <li>{first}</li>
              <li>
                {second}
                <code className="command">
                  npm start -- --relay {location.origin} --claim{' '}
                  {unused.data?.map(wordsOf).find((code) => code !== undefined) ?? 'CODE'}
                </code>
              </li>
              <li>{third}</li>
            </ol>
          </Card>
          <Joined />
        </div>
      </div>
    </Page>
  );
}

function Unused({ one, code }: { one: UnusedCode; code: string | undefined }) {
  const clock = useClock();
  return (
    <li>
      <div>
        {code === undefined ? <p>{texts.elsewhere}</p> : <p className="code">{code}</p>}
        <p className="soft">
          {one.made_by === null ? texts.byRelay : texts.by(one.made_by)} · {texts.until(clock.short(one.expires_at))}
        </p>
      </div>
      {code !== undefined && <Copy text={code} />}
    </li>
  );
}

function Copy({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  // Over plain http a browser lends no clipboard: then the code is there to be selected.
  if (!('clipboard' in navigator)) return null;
  return (
    <>
      <Button
        variant="default"
        leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        aria-label={copied ? texts.copied : texts.copyCode(text)}
        onClick={() =>
          void navigator.clipboard.writeText(text).then(
            () => setCopied(true),
            () => undefined,
          )
        }
      >
        {copied ? texts.copied : texts.copy}
      </Button>
      <span className="unseen" role="status">
        {copied ? texts.copiedSaid(text) : ''}
      </span>
    </>
  );
}

/** Whoever made a code sees here that it was used. */
function Joined() {
  const dashboard = useRead(platform.dashboard, {}, { every: LOOK_MS });
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
