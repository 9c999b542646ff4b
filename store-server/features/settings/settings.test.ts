import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ChangeSettings, defaultSettings } from '#contract/settings.ts';
import { callerOf, staffActor, systemCaller } from '../../commands/caller.ts';
import { type Core, openCore } from '../../commands/core.ts';
import { defineCommand } from '../../commands/define.ts';
import { openConnection } from '../../db/connection.ts';
import { migrateSchema } from '../../db/migrate.ts';
import { entriesAfter } from '../../journal/rows.ts';
import { currentEpoch } from '../../journal/tail.ts';
import { systemClock, systemRandom } from '../../kernel/clock.ts';
import { createIds } from '../../kernel/ids.ts';
import { Problem } from '../../kernel/verdict.ts';
import { applySettings, foundStore, settingsOf, storeIdentity } from './index.ts';
import { changeSettings } from './settings.commands.ts';

let folder: string;
let core: Core;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fynlo-settings-'));
  const file = join(folder, 'store.db');
  const first = openConnection(file);
  migrateSchema(first);
  first.sqlite.close();
  core = openCore({
    file,
    clock: systemClock,
    ids: createIds(systemClock.now, systemRandom),
    businessDay: () => '2025-06-18',
    reactions: new Map(),
    log: () => undefined,
  });
});

afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true });
});

const manager = callerOf(staffActor('00000000-0000-7000-8000-000000000001', 'manager', null));
const facts = () =>
  [...entriesAfter(core.connection(), 0)].flatMap((entry) => entry.parts.filter((part) => part.role === 'fact'));

test('a new store gets its identity once, and keeps it at the next start', async () => {
  const store = await foundStore(core, 'restaurant');
  expect(await foundStore(core, 'restaurant')).toEqual(store);
  expect(storeIdentity(core.connection())).toEqual(store);
  expect(currentEpoch(core.connection())).toMatch(/^[0-9a-f-]{36}$/);
  expect(facts().map((fact) => fact.kind)).toEqual(['store.founded']);
});

test('a fresh store has sensible settings, and a manager changes only what was named', async () => {
  await foundStore(core, 'restaurant');
  expect(settingsOf(core.connection())).toEqual(defaultSettings);
  const { data } = await core.execute(changeSettings, manager, {
    restaurant: { name: 'The Anchor' },
    service_charge: { bps: 1000 },
    day_ends_at: '05:30',
  });
  const expected = {
    ...defaultSettings,
    restaurant: { ...defaultSettings.restaurant, name: 'The Anchor' },
    service_charge: { ...defaultSettings.service_charge, bps: 1000 },
    day_ends_at: '05:30',
  };
  expect(data).toEqual(expected);
  expect(settingsOf(core.connection())).toEqual(expected);
  const told = facts().at(-1);
  expect([told?.kind, told?.body]).toEqual([
    'settings.changed',
    JSON.stringify({
      keys: ['restaurant.name', 'day_ends_at', 'service_charge.bps'],
    }),
  ]);
});

test('sending back what was read changes nothing and tells nobody', async () => {
  await foundStore(core, 'restaurant');
  const before = core.head().seq;
  await core.execute(changeSettings, manager, ChangeSettings.parse(settingsOf(core.connection())));
  expect(core.head().seq).toBe(before);
});

test('a server may not change the settings', async () => {
  await foundStore(core, 'restaurant');
  const server = callerOf(staffActor('00000000-0000-7000-8000-000000000002', 'employee', 'server'));
  await expect(core.execute(changeSettings, server, { vat_inclusive: false })).rejects.toMatchObject({
    problem: { code: 'FORBIDDEN' },
  });
});

test('within a command the settings are those just changed, and after its refusal the old ones again', async () => {
  await foundStore(core, 'restaurant');
  const seen: string[] = [];
  const attempt = (zone: string, then: 'commit' | 'refuse') =>
    core.execute(
      defineCommand({
        name: 'test.attempt',
        permission: null,
        input: ChangeSettings,
        handle(context, input) {
          applySettings(context, input);
          seen.push(settingsOf(context.tx.connection).time_zone);
          if (then === 'refuse') throw new Problem('CONFLICT');
          return null;
        },
      }),
      systemCaller(),
      { time_zone: zone },
    );
  const results = await Promise.allSettled([
    attempt('Europe/Paris', 'refuse'),
    attempt('Europe/Madrid', 'commit'),
    attempt('Europe/Rome', 'refuse'),
  ]);
  expect(results.map((one) => one.status)).toEqual(['rejected', 'fulfilled', 'rejected']);
  expect(seen).toEqual(['Europe/Paris', 'Europe/Madrid', 'Europe/Rome']);
  expect(settingsOf(core.connection()).time_zone).toBe('Europe/Madrid');
});

test.each([
  [{ time_zone: 'Mars/Olympus' }],
  [{ time_zone: '+01:00' }],
  [{ day_ends_at: '24:00' }],
  [{ day_ends_at: '4:00' }],
  [{ default_vat_bps: -1 }],
  [{ default_vat_bps: 10_001 }],
  [{ default_vat_bps: 17.5 }],
  [{ service_charge: { bps: 5_001 } }],
  [{ service_charge: { order_types: ['spaceship'] } }],
  [{ service_charge: { generous: true } }],
  [{ restaurant: { name: '' } }],
  [{ currency: 'USD' }],
  [{ restaurant_id: 'x' }],
])('settings that make no sense are refused: %j', (change) => {
  expect(ChangeSettings.safeParse(change).success).toBe(false);
});
