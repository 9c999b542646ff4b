import type { DesktopState } from './channels.ts';
import type { ServerState } from './supervisor.ts';

const sentences: Readonly<Record<ServerState['phase'], string>> = {
  starting: 'The restaurant’s server is starting.',
  ready: 'The restaurant’s server is running.',
  degraded: 'The restaurant’s server is running, with a problem.',
  stopping: 'The restaurant’s server is stopping.',
  stopped: 'The restaurant’s server has stopped. iPads cannot send orders to the kitchen.',
  attention: 'The restaurant’s server does not run. iPads cannot send orders to the kitchen.',
};

const safe = 'What was acknowledged is safe on this computer. Put it right, then start again.';

/**
 * The server's state in words: the same in the tray, in the windows and on the page.
 * @param update what went wrong with the last update; empty when nothing did
 */
export function inWords(state: ServerState, lines: readonly string[], version: string, update: string): DesktopState {
  const { phase, reason, falls } = state;
  return {
    phase,
    sentence: reason ?? sentences[phase],
    hint: update || (phase === 'attention' ? safe : ''),
    lines: phase === 'attention' || update !== '' ? lines : [],
    version,
    falls: phase === 'attention' && falls,
  };
}

/** One sentence for the tray's tooltip: Windows shows 127 characters of it. */
export function tooltip(state: ServerState): string {
  const { phase, service, reason } = state;
  if (phase === 'ready' && service !== null && service.open_checks > 0) {
    return `Fynlo: running, ${service.open_checks} open ${service.open_checks === 1 ? 'check' : 'checks'}.`;
  }
  return `Fynlo: ${reason ?? sentences[phase]}`.slice(0, 127);
}
