import { Bonjour, type Service } from 'bonjour-service';
import { afterEach, expect, test } from 'vitest';
import { type Announcement, type Announcer, announce } from './announce.ts';

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

const start = (over: Partial<Announcement> = {}): Announcer => {
  const announcer = announce({
    port: 8_000,
    httpsPort: 8_443,
    name: 'The Copper Kettle',
    storeId: '0198a2b4-c5d6-7e8f-9012-3456789abcde',
    version: '1',
    ...over,
  });
  cleanUps.push(() => announcer.stop());
  return announcer;
};

/** An iPad that looks around, on the loopback card. */
const lookFor = (type: string) => {
  const ears = new Bonjour(
    { interface: '127.0.0.1', bind: '0.0.0.0' } as ConstructorParameters<typeof Bonjour>[0],
    () => undefined,
  );
  const up: Service[] = [];
  const down: Service[] = [];
  const browser = ears.find({ type }, (service) => up.push(service));
  browser.on('down', (service: Service) => down.push(service));
  cleanUps.push(() => new Promise<void>((resolve) => ears.destroy(() => resolve())));
  return { up: () => up, down: () => down, again: () => browser.update() };
};

test.each(['fynlo', 'http'])('an iPad that comes later finds the store as _%s._tcp, and sees it go', async (type) => {
  const announcer = start({ interfaces: ['127.0.0.1'] });
  const iPad = lookFor(type);
  await expect
    .poll(
      () => {
        iPad.again();
        return iPad.up().length;
      },
      { timeout: 5_000, interval: 100 },
    )
    .toBeGreaterThan(0);
  const found = iPad.up().find((service) => service.name.startsWith('Fynlo The Copper Kettle'));
  expect(found).toMatchObject({
    port: 8_000,
    host: 'fynlo-789abcde.local',
    txt: {
      store_id: '0198a2b4-c5d6-7e8f-9012-3456789abcde',
      version: '1',
      https_port: '8443',
      name: 'The Copper Kettle',
    },
  });
  await announcer.stop();
  await expect.poll(() => iPad.down().length, { timeout: 3_000 }).toBe(1);
});

test('a machine without any network starts and stops all the same', async () => {
  const announcer = start({ interfaces: [] });
  expect(announcer.interfaces()).toEqual([]);
  await announcer.stop();
});

test('a card that is not there is told, and is no crash', async () => {
  const trouble: Error[] = [];
  const announcer = start({ interfaces: ['192.0.2.77'], onTrouble: (error) => trouble.push(error) });
  await expect.poll(() => trouble.length).toBeGreaterThan(0);
  await announcer.stop();
});

test('a long name in another script is cut to what DNS can carry, and still found', async () => {
  const announcer = start({ interfaces: ['127.0.0.1'], name: 'Ресторан «Золотой петушок» на набережной. Второй зал' });
  const iPad = lookFor('fynlo');
  const names = () => iPad.up().map((service) => service.name);
  await expect
    .poll(
      () => {
        iPad.again();
        return names();
      },
      { timeout: 5_000, interval: 100 },
    )
    .toContainEqual(expect.stringMatching(/^Fynlo Ресторан .* bcde$/));
  expect(names().every((name) => Buffer.byteLength(name) <= 63)).toBe(true);
  await announcer.stop();
});

test('after the computer slept the store says again where it is', async () => {
  const announcer = start({ interfaces: ['127.0.0.1'] });
  const iPad = lookFor('fynlo');
  const seen = () => {
    iPad.again();
    return iPad.up().filter((service) => service.name.startsWith('Fynlo The Copper Kettle')).length;
  };
  await expect.poll(seen, { timeout: 5_000, interval: 100 }).toBe(1);
  await announcer.again();
  expect(announcer.interfaces()).toEqual(['127.0.0.1']);
  await expect.poll(seen, { timeout: 5_000, interval: 100 }).toBe(2);
});

test('a store that was stopped stays silent, also when the computer wakes up', async () => {
  const announcer = start({ interfaces: ['127.0.0.1'] });
  await announcer.stop();
  await announcer.again();
  expect(announcer.interfaces()).toEqual([]);
});
