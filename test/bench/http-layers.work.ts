import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { jwtVerify } from 'jose';
import { OrderBody, orderFrom } from '../../store-server/compat/c2-orders.ts';
import { OpenOrderInput } from '../../store-server/contract/orders.ts';
import { openOrderCommand, orderAnswerDto } from '../../store-server/features/orders/index.ts';
import { storeIdentity } from '../../store-server/features/settings/index.ts';
import { type Auth, createAuth, loadKeys } from '../../store-server/features/staff/index.ts';
import { createFeatures } from '../../store-server/features.ts';
import { createRouteTable } from '../../store-server/http/api.ts';
import { createHttp } from '../../store-server/http/app.ts';
import { systemClock } from '../../store-server/kernel/clock.ts';
import { cpuPer } from './kit/rounds.ts';
import { callerFor, dayOf, ids, openDoor } from './kit/store.ts';
import { answerAll } from './kit/work.ts';

/**
 * Two ways to the same door, each on a store of its own in one process: the product's whole HTTP layer, and node:http
 * that reads the body, runs the command for a person it takes for granted, and writes the order out.
 */
const [ourFolder = '', bareFolder = ''] = process.argv.slice(2);

const door = openDoor(ourFolder);
const keys = loadKeys(ourFolder, ids);
const auth: Auth = createAuth({ keys, clock: systemClock, ids });
auth.watch(door);
const table = createRouteTable();
for (const feature of createFeatures(auth, {} as never, {} as never, {} as never, {} as never).all)
  feature.routes(table);
const { restaurantId } = storeIdentity(door.connection());
const http = createHttp({
  core: door,
  routes: table.routes,
  authenticate: auth.authenticate as never,
  restaurantId: () => restaurantId,
  businessDay: dayOf(() => door.connection()),
  clock: systemClock,
  ids,
  log: () => undefined,
  version: '0',
  pid: process.pid,
  hosts: [],
  accepting: () => true,
  // The flood limit is for one address of a restaurant's network, and here everything comes from one.
  limits: { perSecond: 1_000_000 },
});
const { port } = await http.listen('127.0.0.1', 0);

const bareDoor = openDoor(bareFolder);
const caller = callerFor(bareDoor);
const bare = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => void answer(JSON.parse(Buffer.concat(chunks).toString()), response));
});
async function answer(body: unknown, response: ServerResponse): Promise<void> {
  const input = OpenOrderInput.parse(orderFrom(OrderBody.parse(body)));
  const { data } = await bareDoor.execute(openOrderCommand, caller(), input, { params: {}, body });
  const text = JSON.stringify(orderAnswerDto(data, { restaurantId }));
  response.writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}
bare.keepAliveTimeout = 120_000;
await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));

let mark = process.cpuUsage();

/** CPU µs of asking who somebody is, with a token seen before, and of checking an EdDSA signature. */
async function signIn(token: string, turns: number) {
  const connection = door.connection();
  const show = { connection, bearer: token, deviceToken: null, now: systemClock.now() };
  const [key] = loadKeys(ourFolder, ids).signing;
  await auth.authenticate(show);
  const known = await cpuPer(turns * 10, async () => {
    for (let n = 0; n < turns * 10; n += 1) await auth.authenticate(show);
  });
  const verified = await cpuPer(turns, async () => {
    for (let n = 0; n < turns; n += 1) await jwtVerify(token, key.publicKey, { algorithms: ['EdDSA'] });
  });
  return { subject: known, anchor: verified };
}

answerAll((question) => {
  if (question['what'] === 'ports') return { ours: port, bare: (bare.address() as AddressInfo).port };
  if (question['what'] === 'sign-in') return signIn(question['token'] as string, question['turns'] as number);
  if (question['what'] === 'mark') {
    mark = process.cpuUsage();
    return {};
  }
  const { user, system } = process.cpuUsage(mark);
  return { cpu: user + system, file: join(ourFolder, 'store.db') };
});
