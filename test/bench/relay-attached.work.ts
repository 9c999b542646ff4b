import { relayPaths } from '#contract/relay.ts';
import { openScriptedRelay } from '../relay/scripted-relay.ts';
import { answerAll } from './kit/work.ts';

/** A relay in a process of its own. It can be told to take its time, which is asked for in ms. */
const relay = await openScriptedRelay();
relay.trusting = true;

answerAll(({ slowMs }) => {
  if (typeof slowMs === 'number') {
    relay.script = (path) => (path === relayPaths.join ? undefined : { wait: slowMs });
  }
  return { url: relay.url, acked: relay.head.seq };
});
