import { createServer, type Server } from 'node:net';
import { Bonjour } from 'bonjour-service';
import { afterEach, expect, test } from 'vitest';
import { findPrinters } from './find-printers.ts';

const open: Server[] = [];
let heard = 0;
async function door(): Promise<number> {
  const server = createServer((socket) => {
    socket.on('data', (bytes) => {
      heard += bytes.length;
    });
    socket.on('error', () => undefined);
  });
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  heard = 0;
});

test('who opens the door is found, without a byte that would come out as paper', async () => {
  const [one, other] = [await door(), await door()];
  const places = [other, one, 9].map((port) => ({ host: '127.0.0.1', port }));
  const { found, lookedAt } = await findPrinters({ places, listenMs: 0 });
  const [low, high] = [one, other].sort((a, b) => a - b);
  expect(found).toEqual([
    { address: `tcp://127.0.0.1:${low}`, name: null },
    { address: `tcp://127.0.0.1:${high}`, name: null },
  ]);
  expect([lookedAt, heard]).toEqual([3, 0]);
});

test('nobody outside the private networks is knocked at', async () => {
  const places = ['8.8.8.8', '169.254.169.254', '1.1.1.1'].map((host) => ({ host, port: 9100 }));
  expect(await findPrinters({ places, listenMs: 0 })).toEqual({ found: [], lookedAt: 0 });
});

test('a printer that announces itself lends its name; a network that says nothing is no error', async () => {
  const port = await door();
  const voice = new Bonjour({}, () => undefined);
  voice.publish({ name: 'Hatch printer', type: 'pdl-datastream', port, probe: false, disableIPv6: true });
  const { found } = await findPrinters({ places: [{ host: '127.0.0.1', port }], listenMs: 600 });
  await new Promise<void>((resolve) => voice.destroy(() => resolve()));
  expect(found).toContainEqual(expect.objectContaining({ address: `tcp://127.0.0.1:${port}` }));
  // On a machine with a network card its own announcement comes back by multicast; without one nobody is heard.
  for (const { address, name } of found) {
    if (!address.startsWith('tcp://127.')) expect(name).toBe('Hatch printer');
  }
});
