import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { relay } from '#api/operations/relay.ts';
import { useRead, useRefresh } from '#api/queries.ts';
import type { RelayStatus } from '#contract/relay-link.ts';
import { useClock } from '#ui/format.ts';
import { Card, Page } from '#ui/page.tsx';
import { Chip, type Level } from '#ui/signs.tsx';
import { Loaded, Trouble } from '#ui/states.tsx';
import { useCommands } from '../frame/commands.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { useMay } from '../frame/may.ts';
import { Claim, PATIENCE_MS } from './claim.tsx';
import { LeftBehind } from './left-behind.tsx';
import { Path } from './path.tsx';
import { texts } from './relay.texts.ts';
import './relay.css';

/** The link tells no facts of how it fares, so it is asked now and then. */
const LOOK_MS = 3_000;

const levels: Readonly<Record<RelayStatus['state'], Level>> = {
  not_joined: 'neutral',
  joining: 'info',
  connecting: 'info',
  connected: 'ok',
  behind: 'info',
  unreachable: 'warn',
  forked: 'bad',
  revoked: 'bad',
};

/** In these the next try may be a minute away. */
const waits: ReadonlySet<RelayStatus['state']> = new Set(['joining', 'unreachable', 'revoked']);

/** Both hops to the owner with their true figures, and the way in and out. */
export default function Relay() {
  const status = useRead(relay.status, {}, { every: LOOK_MS });
  const refresh = useRefresh();
  useCommands([
    {
      id: 'relay.refresh',
      label: texts.refresh,
      group: frame.groups.page,
      keys: 'r',
      run: () => refresh(relay.status),
    },
  ]);
  return (
    <Page title={texts.title}>
      <Loaded of={status}>
        {(data) => (data.state === 'not_joined' ? <Alone status={data} /> : <Joined status={data} />)}
      </Loaded>
    </Page>
  );
}

/** What became of the claim code that the server was started with, for whoever did not see the console. */
function Refused({ refused }: Pick<RelayStatus, 'refused'>) {
  if (refused === null) return null;
  return (
    <p className="relay-sentence" role="status">
      <Chip level="warn">{texts.refused.chip}</Chip> {texts.refused.means(refused.url, refused.sentence)}
    </p>
  );
}

function Alone({ status: { refused } }: { status: RelayStatus }) {
  const may = useMay();
  return (
    <div className="relay-alone">
      <section className="relay-empty">
        <h2>{texts.empty.title}</h2>
        <p>{texts.empty.why}</p>
      </section>
      <Refused refused={refused} />
      {may('relay.change') && (
        <Claim title={texts.claim.title} lead={texts.claim.lead} url={refused?.url ?? ''} go={texts.claim.go} />
      )}
    </div>
  );
}

function Joined({ status }: { status: RelayStatus }) {
  const may = useMay();
  const clock = useClock();
  const [leaving, setLeaving] = useState(false);
  const lost = useIsLost();
  const troubled = status.state === 'unreachable' || status.state === 'forked' || status.state === 'revoked';
  return (
    <>
      <p className="relay-sentence" role="status">
        <Chip level={levels[status.state]}>{texts.states[status.state]}</Chip> {status.sentence}{' '}
        {troubled && texts.goesOn}
      </p>
      {waits.has(status.state) && may('relay.change') && <SendNow />}
      <Refused refused={status.refused} />
      <Path status={status} />
      {status.state === 'revoked' && may('relay.change') && (
        <Claim title={texts.claim.again} lead={texts.claim.lead} url={status.url ?? ''} go={texts.claim.go} />
      )}
      {status.state === 'forked' && may('relay.change') && <Forked />}
      <LeftBehind asks={status.state === 'connected' || status.state === 'behind'} />
      <Card title={texts.details.title}>
        <dl className="relay-details">
          <dt>{texts.details.address}</dt>
          <dd>{status.url}</dd>
          {status.joined_at !== null && (
            <>
              <dt>{texts.details.since}</dt>
              <dd>{clock.short(status.joined_at)}</dd>
            </>
          )}
          {status.relay_id !== null && (
            <>
              <dt>{texts.details.id}</dt>
              <dd>{status.relay_id}</dd>
            </>
          )}
        </dl>
        {may('relay.change') && status.state !== 'joining' && (
          <div>
            <Button variant="default" color="bad" size="xs" disabled={lost} onClick={() => setLeaving(true)}>
              {texts.leave.button}
            </Button>
          </div>
        )}
      </Card>
      {leaving && <Leave close={() => setLeaving(false)} />}
    </>
  );
}

/** For whoever knows that the internet is back and does not want to wait for the next try. */
function SendNow() {
  const act = useAct();
  const refresh = useRefresh();
  const lost = useIsLost();
  async function send(): Promise<void> {
    await act.run({
      title: texts.sendNow.done,
      run: (key) => change(relay.sendNow, { body: {} }, { key, patienceMs: PATIENCE_MS }),
    });
    refresh(relay.status);
  }
  useCommands([
    { id: 'relay.send', label: texts.sendNow.button, group: frame.groups.page, keys: 's', run: () => void send() },
  ]);
  return (
    <div>
      <Button loading={act.busy} disabled={lost} onClick={() => void send()}>
        {texts.sendNow.button}
      </Button>
      {act.problem !== null && <Trouble problem={act.problem} />}
    </div>
  );
}

/** Two histories of one restaurant: a person knows which computer was the real one. */
function Forked() {
  const [asking, setAsking] = useState(false);
  const lost = useIsLost();
  return (
    <Card title={texts.goOn.heading}>
      <p>{texts.goOn.lead}</p>
      <div>
        <Button disabled={lost} onClick={() => setAsking(true)}>
          {texts.goOn.button}
        </Button>
      </div>
      {asking && <GoOn close={() => setAsking(false)} />}
    </Card>
  );
}

function GoOn({ close }: { close: () => void }) {
  const act = useAct();
  const refresh = useRefresh();
  async function goOn(): Promise<void> {
    const done = await act.run({
      title: texts.goOn.done,
      run: (key) => change(relay.goOn, { body: {} }, { key, patienceMs: PATIENCE_MS }),
    });
    refresh(relay.status);
    if (done) close();
  }
  return (
    <Modal opened onClose={close} title={texts.goOn.title}>
      <div className="relay-leave">
        <p>{texts.goOn.means}</p>
        <p>{texts.goOn.other}</p>
        {act.problem !== null && <Trouble problem={act.problem} />}
        <div className="relay-row">
          <Button variant="default" onClick={close} data-autofocus>
            {texts.goOn.keep}
          </Button>
          <Button loading={act.busy} onClick={() => void goOn()}>
            {texts.goOn.go}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** It cannot be undone without another code, so it is asked. */
function Leave({ close }: { close: () => void }) {
  const act = useAct();
  const refresh = useRefresh();
  async function leave(): Promise<void> {
    const done = await act.run({ title: texts.leave.done, run: (key) => change(relay.leave, {}, { key }) });
    refresh(relay.status);
    if (done) close();
  }
  return (
    <Modal opened onClose={close} title={texts.leave.title}>
      <div className="relay-leave">
        <p>{texts.leave.means}</p>
        <p>{texts.leave.back}</p>
        {act.problem !== null && <Trouble problem={act.problem} />}
        <div className="relay-row">
          <Button variant="default" onClick={close} data-autofocus>
            {texts.leave.keep}
          </Button>
          <Button color="bad" loading={act.busy} onClick={() => void leave()}>
            {texts.leave.go}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
