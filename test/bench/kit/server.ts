import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ApiClient } from '../../harness/api-client.ts';
import { end } from './work.ts';

/** A real store server as a process of its own, on a folder that `demoFolder` made; its printers are switched off. */
export interface Running {
  readonly port: number;
  readonly pid: number;
  readonly restaurantId: string;
  /** Signed in as a server of the demo restaurant. */
  readonly api: ApiClient;
  stop(): Promise<void>;
}

const entry = join(import.meta.dirname, '../../../store-server/entry.ts');

/** @param more further flags */
export async function startServer(folder: string, more: readonly string[] = []): Promise<Running> {
  const free = ['--host', '127.0.0.1', '--port', '0', '--compat-port', '0', '--no-mdns'];
  const child = spawn(process.execPath, [entry, '--data-dir', folder, ...free, ...more], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes;
      const found = /^fynlo ready .*:(\d+)\//m.exec(said)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const api = new ApiClient(port);
  const signedIn = await api.must('POST', 'auth/login', { email: 'server@demo.test', password: 'demo-server-1' });
  api.token = signedIn.access_token;
  return {
    port,
    pid: child.pid ?? -1,
    restaurantId: signedIn.user.restaurant_id,
    api,
    async stop() {
      api.close();
      await end(child);
    },
  };
}
