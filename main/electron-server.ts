import type { UtilityProcess } from 'electron';
import type { ForkedServer } from './shell.ts';

/** A utility process as the supervisor sees it. */
export function serverOf(
  child: Pick<UtilityProcess, 'pid' | 'postMessage' | 'kill' | 'on' | 'once' | 'stdout' | 'stderr'>,
): ForkedServer {
  return {
    send: (message) => child.postMessage(message),
    // SIGTERM would only ask once more; Windows has nothing else anyway.
    kill: () => void (child.pid === undefined ? child.kill() : process.kill(child.pid, 'SIGKILL')),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    onOutput: (listener) => {
      for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => listener(String(bytes)));
    },
  };
}
