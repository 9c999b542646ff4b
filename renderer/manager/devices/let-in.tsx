import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useIsLost } from '#api/connection.ts';
import { devices } from '#api/operations/auth.ts';
import { useRead } from '#api/queries.ts';
import { Copy } from '#ui/copy.tsx';
import { Qr } from '#ui/qr.tsx';
import { Shape } from '#ui/signs.tsx';
import { Loaded, Trouble } from '#ui/states.tsx';
import { useCommands } from '../frame/commands.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { Arrivals } from './arrivals.tsx';
import { countdown, inFours, linkTo, type WayTo, waysTo } from './devices.rules.ts';
import { texts } from './let-in.texts.ts';
import { type CodeHere, useDeviceCode } from './use-code.ts';
import './let-in.css';

/** A cable may be plugged in while somebody looks at this; no fact tells. */
const LOOK_MS = 5_000;

/**
 * Lets a device in: the code, the QR code that carries it, and who has come in since. For a place about 640 px wide, and
 * for somebody who is signed in and may manage devices.
 */
export function LetIn() {
  const reach = useRead(devices.address, {}, { every: LOOK_MS });
  const here = useDeviceCode();
  const lost = useIsLost();
  const reached = reach.data?.reach === 'network';
  const ways = reach.data === undefined ? [] : waysTo(reach.data, location.hostname);
  useCommands(
    reached && !lost
      ? [{ id: 'devices.code', label: texts.command, group: frame.groups.page, keys: 'n', run: () => void here.make() }]
      : [],
  );
  return (
    <div className="let-in">
      <Loaded of={reach}>
        {(data) =>
          data.reach === 'network' ? (
            <>
              <Inviting ways={ways} here={here} lost={lost} />
              <Help way={ways[0]} port={data.port} older={data.older_port} />
            </>
          ) : (
            <div className="let-in-nowhere" role="status">
              <p>
                <Shape level="warn" /> {texts.unreachable[data.reach]}
              </p>
              <p>{texts.unreachable[`${data.reach}_mend`]}</p>
            </div>
          )
        }
      </Loaded>
      <Arrivals />
    </div>
  );
}

interface InvitingProps {
  readonly ways: readonly WayTo[];
  readonly here: CodeHere;
  readonly lost: boolean;
}

function Inviting({ ways, here: { code, state, left, act, make }, lost }: InvitingProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const way = ways.find(({ url }) => url === chosen) ?? ways[0];
  const button = (words: string, variant: 'filled' | 'default') => (
    <Button variant={variant} loading={act.busy} disabled={lost} onClick={() => void make()}>
      {words}
    </Button>
  );
  const problem = act.problem !== null && <Trouble problem={act.problem} />;
  if (code === null || way === undefined) {
    return (
      <div className="let-in-before">
        <h3>{texts.before.title}</h3>
        <p>{texts.before.means}</p>
        {problem}
        <div>{button(texts.make, 'filled')}</div>
      </div>
    );
  }
  if (state !== 'open') {
    return (
      <div className="let-in-before">
        <p role="status">
          <Shape level={state === 'used' ? 'ok' : 'warn'} /> {state === 'used' ? texts.used : texts.expired}
        </p>
        {problem}
        <div>{button(state === 'used' ? texts.another : texts.again, 'filled')}</div>
      </div>
    );
  }
  const link = linkTo(way, code.code);
  return (
    <div className="let-in-open">
      <div className="let-in-qr">
        <Qr text={link} label={texts.qr(way.words)} size={224} />
      </div>
      <ol className="let-in-steps">
        <li>{texts.steps.scan}</li>
        <li>
          {texts.steps.type}
          <dl className="let-in-words">
            <div>
              <dt>{texts.address}</dt>
              <dd className="let-in-address">{way.words}</dd>
            </div>
            <div>
              <dt>{texts.code}</dt>
              <dd className="let-in-code">
                <span aria-hidden="true">{inFours(code.code)}</span>
                <span className="unseen">{texts.spelt([...code.code].join(', '))}</span>
              </dd>
            </div>
          </dl>
        </li>
        <li>{texts.steps.name}</li>
      </ol>
      {ways.length > 1 && (
        <NativeSelect
          className="let-in-which"
          label={texts.which}
          description={texts.whichHint}
          value={way.url}
          data={ways.map(({ url, words, card, byName }) => ({
            value: url,
            label: byName ? texts.byName(words) : card === null ? words : texts.card(words, card),
          }))}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
      )}
      {problem}
      <div className="let-in-does">
        <span className="soft">{texts.good(countdown(left))}</span>
        <Copy text={link} what={texts.link} words={texts.copy} />
        {button(texts.again, 'default')}
      </div>
    </div>
  );
}

function Help({ way, port, older }: { way: WayTo | undefined; port: number; older: number }) {
  const words = texts.trouble;
  return (
    <div className="let-in-help">
      <details>
        <summary>{words.title}</summary>
        <ul>
          <li>{words.same}</li>
          <li>{words.firewall(port)}</li>
          <li>{words.which}</li>
        </ul>
      </details>
      {way !== undefined && (
        <details>
          <summary>{texts.older.title}</summary>
          <p>{texts.older.means(way.host, older, port)}</p>
        </details>
      )}
    </div>
  );
}
