import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ApiClient } from '../../../test/harness/api-client.ts';
import { openStore, type TestStore } from '../../../test/harness/open-store.ts';

let store: TestStore;
let manager: ApiClient;
beforeEach(async () => {
  store = await openStore();
  manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
});
afterEach(() => store.close());

interface Named {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}
const stations = () => manager.must('GET', 'kitchen/stations') as Promise<(Named & { printers: Named[] })[]>;
const printersOf = async (name: string) =>
  (await stations()).find((station) => station.name === name)?.printers.map((printer) => printer.name);
const printer = async (name: string): Promise<string> =>
  ((await manager.must('GET', 'hardware/printers')) as Named[]).find((one) => one.name === name)?.id ?? '';

test('a station comes with its printers, and what those print beside it stays', async () => {
  const grill = await printer('Grill printer');
  const { id } = await manager.must('POST', 'kitchen/stations', { name: 'Pass', printers: [grill] });
  expect([await printersOf('Pass'), await printersOf('Grill')]).toEqual([['Grill printer'], ['Grill printer']]);

  await manager.must('PUT', `kitchen/stations/${id}`, { printers: [await printer('Receipt printer')] });
  expect([await printersOf('Pass'), await printersOf('Grill')]).toEqual([['Receipt printer'], ['Grill printer']]);
  await manager.must('PUT', `kitchen/stations/${id}`, { name: 'The pass' });
  expect(await printersOf('The pass')).toEqual(['Receipt printer']);
});

test('a printer that is not there is refused, and the station with it', async () => {
  const before = (await stations()).length;
  const answer = await manager.ask('POST', 'kitchen/stations', {
    name: 'Pass',
    printers: ['0197b2c0-0000-7000-8000-000000000009'],
  });
  expect([answer.status, (await stations()).length]).toEqual([404, before]);
});

test('no two stations in use are called alike; one that was taken out of use gives its name back', async () => {
  const grill = (await stations()).find(({ name }) => name === 'Grill');
  const again = await manager.ask('POST', 'kitchen/stations', { name: 'GRILL' });
  expect([again.status, again.body.error.code]).toEqual([422, 'VALIDATION_ERROR']);

  await manager.must('PUT', `kitchen/stations/${grill?.id}`, { active: false });
  await manager.must('POST', 'kitchen/stations', { name: 'Grill' });
  const back = await manager.ask('PUT', `kitchen/stations/${grill?.id}`, { active: true });
  expect(back.body.error.details.validation_errors).toMatchObject([
    { field: 'name', message: 'There is already a station of this name.' },
  ]);
});
