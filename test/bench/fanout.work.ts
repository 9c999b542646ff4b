import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { staffActor } from '../../store-server/commands/caller.ts';
import type { Commit } from '../../store-server/commands/core.ts';
import { orderFired } from '../../store-server/contract/orders.facts.ts';
import { systemClock } from '../../store-server/kernel/clock.ts';
import { isoTime } from '../../store-server/kernel/dates.ts';
import { createRealtime } from '../../store-server/realtime/sockets.ts';
import { demoFolder, ids, openDoor } from './kit/store.ts';
import { answerAll } from './kit/work.ts';

/** The product's sockets, told of commits that carry one order's fact, and plain ones that get a frame made once. */
const door = openDoor(await demoFolder());
const told: ((commit: Commit) => void)[] = [];
const actor = staffActor(ids.next(), 'manager', null);
const many = 10_000;
const restaurantId = ids.next();
const realtime = createRealtime({
  core: { ...door, onCommit: (listener) => void told.push(listener) },
  clock: systemClock,
  restaurantId: () => restaurantId,
  cursorKey: ids.secret(32),
  authenticate: async () => ({ actor, deviceId: null, expiresAt: systemClock.now() + 3_600_000 }),
  allowed: () => true,
  log: () => undefined,
  limits: { sockets: many, socketsPerUser: many, strangersPerAddress: many, askMs: 50, beatMs: 600_000 },
});
const http = createServer();
realtime.attach(http);
await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));

const plain = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
await new Promise<void>((resolve) => plain.once('listening', resolve));

const body = {
  order_id: ids.next(),
  order_number: 142,
  order_type: 'dine_in',
  table_id: ids.next(),
  table_name: '7',
  table_number: '7',
  server_id: actor.id,
  old_status: 'pending',
  new_status: 'confirmed',
  total_minor: 6150,
  due_minor: 6150,
  items_count: 3,
  course: 2,
  lines: [1, 2].map((n) => ({
    line_id: ids.next(),
    product_name: `Dish ${n}`,
    quantity: n,
    station_ids: [ids.next()],
  })),
};
let seq = door.head().seq;
let bodiesWritten = 0;
const write = JSON.stringify;
JSON.stringify = ((value: unknown, ...more: []) => {
  if (value === body) bodiesWritten += 1;
  return write(value, ...more);
}) as typeof JSON.stringify;

function tellOurs(): void {
  seq += 1;
  const entry = { seq, recordedAt: systemClock.now(), command: 'orders.fire', actorId: actor.id, deviceId: null };
  const entries = [{ ...entry, facts: [{ fact: orderFired, entityId: body.order_id, body }] }];
  for (const listener of told) listener({ head: { ...door.head(), seq }, entries, lanes: new Set(), commands: 1 });
}

/** One text, one frame (RFC 6455, 5.2), and the same bytes written to every connection past everything that ws looks after. */
function tellPlain(): void {
  seq += 1;
  const head = { type: 'kitchen_update', id: `${seq}.0`, seq, restaurant_id: restaurantId, cursor: 'x'.repeat(60) };
  const text = write({ ...head, timestamp: isoTime(systemClock.now()), user_id: actor.id, data: body });
  const frame = Buffer.concat([Buffer.from([0x81, 126, 0, 0]), Buffer.from(text)]);
  frame.writeUInt16BE(frame.length - 4, 2);
  for (const client of plain.clients)
    (client as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(frame);
}

let mark = process.cpuUsage();
answerAll(async (question) => {
  switch (question['what']) {
    case 'ports':
      return {
        ours: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/api/v1/websocket/ws/${restaurantId}`,
        plain: `ws://127.0.0.1:${(plain.address() as AddressInfo).port}/`,
      };
    case 'burst': {
      const tell = question['side'] === 'ours' ? tellOurs : tellPlain;
      bodiesWritten = 0;
      mark = process.cpuUsage();
      for (let n = 0; n < Number(question['events']); n += 1) {
        tell();
        await new Promise((resolve) => setImmediate(resolve));
      }
      return { bodiesWritten };
    }
    default: {
      const { user, system } = process.cpuUsage(mark);
      return { cpu: user + system, listeners: realtime.listeners() };
    }
  }
});
