import type { Shell } from './shell.ts';
import type { Supervisor } from './supervisor.ts';
import type { Windows } from './windows.ts';

/** iPads depend on the server, so leaving is asked about and waits until it has stopped. */
export function leaving(shell: Pick<Shell, 'ask' | 'quit'>, supervisor: Supervisor, windows: Windows) {
  let mayGo = false;
  let asking = false;
  let systemEnds = false;
  const go = async (): Promise<void> => {
    windows.leave();
    await supervisor.stop();
    mayGo = true;
    shell.quit();
  };
  const ask = async (): Promise<void> => {
    const { phase } = supervisor.state();
    const answer =
      phase === 'attention' || phase === 'stopped'
        ? 1
        : await shell.ask({
            message: 'Quit Fynlo and stop the restaurant’s server?',
            detail: 'iPads cannot send orders to the kitchen, and nothing prints, until it is started again.',
            buttons: ['Keep running', 'Stop and quit'],
          });
    asking = false;
    if (answer === 1) await go();
  };
  return {
    asked(hold: () => void): void {
      // macOS takes a program that holds back for a wish to call off its shutdown.
      if (mayGo || systemEnds) return;
      hold();
      if (asking || supervisor.state().phase === 'stopping') return;
      asking = true;
      void ask();
    },
    /** The computer itself is being switched off: nobody is there to be asked, and it is asked to wait for the server. */
    atOnce(delay: () => void): void {
      systemEnds = true;
      delay();
      void go();
    },
  };
}
