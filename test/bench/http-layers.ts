import { ApiClient } from '../harness/api-client.ts';
import { type Bench, count, ratio } from './kit/findings.ts';
import { fiveDishes, orderBody } from './kit/orders.ts';
import { alternate } from './kit/rounds.ts';
import { demoFolder, openDoor } from './kit/store.ts';
import { ask, end, start } from './kit/work.ts';

/** Goal 4: what HTTP, sign-in and the envelope cost on top of the order itself, and that a revoked sign-in is out at once. */
export const httpLayers: Bench = {
  name: 'http-layers',
  title: 'CPU of the whole path of an order over HTTP',
  async run({ rounds, quick }) {
    const [ourFolder, bareFolder] = [await demoFolder(), await demoFolder()];
    const look = openDoor(bareFolder);
    const dishes = fiveDishes(look.connection());
    await look.close();
    const work = start('http-layers.work.ts', { args: [ourFolder, bareFolder] });
    const ports = await ask<{ ours: number; bare: number }>(work, { what: 'ports' });
    const ours = new ApiClient(ports.ours);
    const bare = new ApiClient(ports.bare);
    const { access_token } = await ours.must('POST', 'auth/login', {
      email: 'server@demo.test',
      password: 'demo-server-1',
    });
    ours.token = access_token;

    let key = 0;
    const cpuOf = async (client: ApiClient, orders: number): Promise<number> => {
      let left = orders;
      await ask(work, { what: 'mark' });
      const one = async () => {
        while (left > 0) {
          left -= 1;
          key += 1;
          const { status } = await client.post('orders', orderBody(dishes, key), { key: `bench-${key}` });
          if (status !== 201) throw new Error(`an order was answered with ${status}`);
        }
      };
      await Promise.all(Array.from({ length: 16 }, one));
      return (await ask<{ cpu: number }>(work, { what: 'read' })).cpu / orders;
    };
    const orders = quick ? 200 : 1000;
    const whole = await alternate(
      rounds,
      () => cpuOf(ours, orders),
      () => cpuOf(bare, orders),
    );

    const signIns = [];
    for (let n = 0; n < rounds; n += 1) {
      const pair = await ask<{ subject: number; anchor: number }>(work, {
        what: 'sign-in',
        token: access_token,
        turns: quick ? 100 : 400,
      });
      signIns.push(pair);
    }
    const before = await ours.get('auth/me');
    await ours.must('POST', 'auth/logout');
    const after = await ours.get('auth/me');
    ours.close();
    bare.close();
    await end(work);
    return [
      ratio({
        goal: 4,
        what: 'CPU of an order, whole path / node:http on the same door',
        bound: { most: 1.25 },
        pairs: whole,
        note: '16 in flight',
      }),
      ratio({
        goal: 4,
        what: 'CPU of knowing a sign-in / checking an EdDSA signature',
        bound: { most: 0.05 },
        pairs: signIns,
        note: 'session, person and device looked at each time',
      }),
      count({
        goal: 4,
        what: 'requests that a revoked sign-in still got through',
        bound: { most: 0 },
        values: [before.status === 200 && after.status === 401 ? 0 : 1],
        note: `${before.status} before, ${after.status} on the next request`,
      }),
    ];
  },
};
