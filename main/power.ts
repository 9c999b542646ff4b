import type { Shell } from './shell.ts';
import type { ServerState, Supervisor } from './supervisor.ts';

/** Somebody is being served: a shift or a check is open, or paper is still to come. */
export function isInService({ service }: ServerState): boolean {
  return service !== null && service.open_shifts + service.open_checks + service.waiting_slips > 0;
}

/** Keeps the computer awake while somebody is being served, and brings the server back after sleep. */
export function watchPower(
  shell: Pick<Shell, 'keepAwake' | 'onPower'>,
  supervisor: Pick<Supervisor, 'onChange' | 'suspend' | 'resume'>,
  onShutdown: (delay: () => void) => void,
): void {
  let awake = false;
  supervisor.onChange((state) => {
    // A server that restarts in mid-service has not told yet; the computer stays as it is.
    if (state.service === null && state.phase === 'starting') return;
    const wanted = isInService(state);
    if (wanted === awake) return;
    awake = wanted;
    shell.keepAwake(awake);
  });
  shell.onPower({ suspend: () => supervisor.suspend(), resume: () => supervisor.resume(), shutdown: onShutdown });
}
