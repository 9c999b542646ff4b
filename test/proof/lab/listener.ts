import { ApiClient } from '../../harness/api-client.ts';
import { type Ear, type Frame, listen } from '../../harness/ear.ts';
import { inside } from './look-inside.ts';

/** A manager's screen that is reconnected after every restart from where it was. */
export interface Screen {
  connect(port: number): Promise<void>;
  hangUp(): void;
  /** Waits until it has caught up with the journal and compares everything it heard with what happened. */
  findings(dataDir: string): Promise<string[]>;
  heard(): number;
}

const aboutSignIns = ['staff.signed_in', 'staff.signed_out'];

export function createScreen(restaurantId: string): Screen {
  let token: string | null = null;
  let ear: Ear | null = null;
  let cursor: string | undefined;
  let from = 0;
  const heard: string[] = [];

  /** Takes over what the last ear heard. */
  function gather(): void {
    if (ear === null) return;
    heard.push(...ear.frames.flatMap(idOf));
    cursor = ear.cursor() ?? cursor;
    ear.hangUp();
    ear = null;
  }

  async function connect(port: number): Promise<void> {
    gather();
    const api = new ApiClient(port, '127.0.0.1', '127.0.0.200');
    if (token === null) {
      const body = { email: 'manager@demo.test', password: 'demo-manager-1' };
      token = (await api.must('POST', 'auth/login', body)).access_token as string;
    }
    api.token = token;
    ear = await listen(api, restaurantId, 'general', cursor);
    api.close();
    if (cursor !== undefined) return;
    const { seq } = await ear.next('at');
    from = seq ?? 0;
    cursor = ear.cursor();
  }

  return {
    connect,
    hangUp: gather,
    heard: () => heard.length,
    async findings(dataDir) {
      const expected = inside(dataDir, ({ sqlite }) =>
        sqlite
          .prepare<[number, string, string], { seq: number; n: number; kind: string }>(
            `SELECT seq, n, kind FROM (
             SELECT seq, row_number() OVER (PARTITION BY seq ORDER BY n) - 1 AS n, kind, audience FROM journal_part
             WHERE role = 'fact' AND seq > ?)
           WHERE audience <> '' AND kind NOT IN (?, ?) ORDER BY seq, n`,
          )
          .all(from, aboutSignIns[0] as string, aboutSignIns[1] as string),
      ).map(({ seq, n, kind }) => `${seq}.${n} ${kind}`);
      const last = expected.at(-1)?.split('.')[0];
      if (last !== undefined)
        await ear?.next(({ seq }) => seq !== undefined && seq >= Number(last), 10_000).catch(() => undefined);
      gather();
      const wrong = expected.findIndex((fact, n) => heard[n] !== fact);
      if (wrong >= 0) return [`a screen heard ${heard[wrong] ?? 'nothing'} where ${expected[wrong]} had happened`];
      return heard.length > expected.length ? [`a screen heard ${heard[expected.length]}, which did not happen`] : [];
    },
  };
}

function idOf({ data, ...frame }: Frame & { readonly id?: string }): string[] {
  if (frame.id === undefined || typeof data?.fact !== 'string' || aboutSignIns.includes(data.fact)) return [];
  return [`${frame.id} ${data.fact}`];
}
