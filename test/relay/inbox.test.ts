import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { relayPaths } from '#contract/relay.ts';
import { versionOf } from '../../store-server/journal/page.ts';
import { signText } from '../../store-server/kernel/ed25519.ts';
import { commandText } from '../../store-server/kernel/relay-texts.ts';
import type { ApiClient } from '../harness/api-client.ts';
import { openStore, type TestStore } from '../harness/open-store.ts';
import { CODE, caughtUp, manager, soon } from './floor.ts';
import { openScriptedRelay, type ScriptedRelay } from './scripted-relay.ts';

/** What the platform may do in a restaurant, and everything that it, or whoever pretends to be it, may not. */

let relay: ScriptedRelay;
let store: TestStore;
let client: ApiClient;
let steak: { uuid: string; price: number };
beforeEach(async () => {
  relay = await openScriptedRelay();
  store = await openStore({ relay: relay.url, claim: CODE });
  client = await manager(store);
  await caughtUp(store, relay);
  steak = (await client.must('GET', 'products')).find(({ name }: { name: string }) => name === 'Ribeye 10 oz');
});
afterEach(async () => {
  await store.close();
  await relay.close();
});

const price = async () => (await client.must('GET', `products/${steak.uuid}`)).price;
const setTo = (pence: number) => ({ product_id: steak.uuid, price_minor: pence });
/** How the relay was answered: outcome and the problem's code. */
const verdictOn = async ({ command_id }: { command_id: string }) => {
  await soon(() => expect(relay.verdicts.map((verdict) => verdict.command_id)).toContain(command_id));
  const verdict = relay.verdicts.find((one) => one.command_id === command_id);
  return [verdict?.outcome, verdict?.problem?.code ?? null];
};
const recorded = () =>
  relay.entries
    .filter(({ command }) => command === 'menu.change_product')
    .map((entry) => [entry.actor_id, entry.origin]);

test('a price set by the platform is the price at once; the journal says who it was', async () => {
  expect(await verdictOn(relay.command(1, 'menu.change_product', setTo(3_333)))).toEqual(['applied', null]);
  expect(await price()).toBe(33.33);
  await caughtUp(store, relay);
  expect(recorded()).toEqual([['platform', 'relay']]);
});

test('a command that comes again and again is done once', async () => {
  relay.deaf = true;
  const command = relay.command(1, 'menu.change_product', setTo(3_333));
  await verdictOn(command);
  await client.must('PUT', `products/${steak.uuid}`, { price: 30 });
  await soon(() => expect(relay.verdicts.length).toBeGreaterThan(4));
  expect(await price()).toBe(30);
  store = await store.restart();
  client = await manager(store);
  const heard = relay.verdicts.length;
  await soon(() => expect(relay.verdicts.length).toBeGreaterThan(heard + 2));
  expect(new Set(relay.verdicts.map(({ outcome }) => outcome))).toEqual(new Set(['applied']));
  expect(await price()).toBe(30);
  relay.deaf = false;
  await soon(() => expect(relay.commands).toEqual([]));
  const settled = relay.verdicts.length;
  await soon(() => expect(relay.lives.length).toBeGreaterThan(settled + 5));
  expect(relay.verdicts.length).toBeLessThanOrEqual(settled + 1);
});

test('done, but stopped before the verdict was kept: the verdict is that it was done', async () => {
  const command = relay.command(1, 'menu.change_product', setTo(3_333));
  await verdictOn(command);
  const { sqlite } = store.server.core.connection();
  relay.verdicts = [];
  sqlite.prepare('DELETE FROM relay_inbox').run();
  await client.must('PUT', `products/${steak.uuid}`, { price: 30 });
  relay.commands = [command];
  expect(await verdictOn(command)).toEqual(['duplicate', null]);
  expect(await price()).toBe(30);
});

test('a price that somebody changed meanwhile is not overwritten when the platform asks for that', async () => {
  const { core } = store.server;
  const seen = () => versionOf(core.connection(), steak.uuid);
  const base = seen();
  await client.must('PUT', `products/${steak.uuid}`, { price: 31 });
  const stale = relay.command(1, 'menu.change_product', setTo(3_333), { base_version: base });
  expect(await verdictOn(stale)).toEqual(['refused', 'VERSION_CONFLICT']);
  const fresh = relay.command(2, 'menu.change_product', setTo(3_333), { base_version: seen() });
  expect(await verdictOn(fresh)).toEqual(['applied', null]);
  expect(await price()).toBe(33.33);
});

test.each([
  ['what is in no row', 'orders.cancel', {}, 'COMMAND_NOT_ALLOWED'],
  ['a name that every object has', 'constructor', {}, 'COMMAND_NOT_ALLOWED'],
  ['more than the price', 'menu.change_product', { product_id: '', price_minor: 1, name: 'x' }, 'VALIDATION_ERROR'],
  ['a price below nothing', 'menu.change_product', { price_minor: -1 }, 'VALIDATION_ERROR'],
  [
    'a dish that is not there',
    'menu.change_product',
    { product_id: '00000000-0000-7000-8000-000000000000' },
    'NOT_FOUND',
  ],
])('%s is refused', async (_, name, input, code) => {
  const before = store.server.core.head().seq;
  const command = relay.command(1, name, name === 'menu.change_product' ? { ...setTo(1), ...input } : input);
  expect(await verdictOn(command)).toEqual(['refused', code]);
  expect(await price()).toBe(steak.price);
  expect(store.server.core.head().seq).toBe(before);
});

test('what comes after its time is refused, and so is one held back until a later one was done', async () => {
  const late = relay.command(1, 'menu.change_product', setTo(1), { not_after: store.clock.now() - 1 });
  expect(await verdictOn(late)).toEqual(['refused', 'COMMAND_TOO_LATE']);
  const held = relay.command(2, 'menu.change_product', setTo(2));
  relay.commands = [];
  const later = relay.command(3, 'menu.change_product', setTo(3_333));
  expect(await verdictOn(later)).toEqual(['applied', null]);
  relay.commands = [held];
  expect(await verdictOn(held)).toEqual(['refused', 'COMMAND_TOO_LATE']);
  expect(await price()).toBe(33.33);
});

test('commands are done in their order, however they come', async () => {
  const second = relay.command(2, 'menu.change_product', setTo(2_222));
  const first = relay.command(1, 'menu.change_product', setTo(1_111));
  expect([await verdictOn(second), await verdictOn(first)]).toEqual([
    ['applied', null],
    ['applied', null],
  ]);
  expect(await price()).toBe(22.22);
});

test('a command that the relay’s own key has not signed, for this store, word for word, is as if it had not come', async () => {
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const real = relay.command(1, 'menu.change_product', setTo(9));
  const { signature, ...unsigned } = real;
  relay.commands = [
    { ...real, input: setTo(1) },
    { ...real, not_after: real.not_after + 1 },
    { ...real, n: 2 },
    { ...real, command_id: '00000000-0000-7000-8000-000000000009' },
    { ...real, issued_by: 'somebody' },
    { ...real, base_version: 1 },
    { ...unsigned, signature: signText(stranger, commandText(relay.storeId, unsigned)) },
    { ...unsigned, signature: signature.replace(/^../, 'AA') },
  ];
  const heard = relay.lives.length;
  await soon(() => expect(relay.lives.length).toBeGreaterThan(heard + 3));
  expect(relay.verdicts).toEqual([]);
  expect(await price()).toBe(steak.price);
  relay.commands = [];
  // None of them used up the number of a real one.
  expect(await verdictOn(relay.command(1, 'menu.change_product', setTo(3_333)))).toEqual(['applied', null]);
});

test('while the disk is full a command waits, and is done when it works again', async () => {
  // The relay hears nothing of it meanwhile: no verdict is better than a wrong one.
  const { core } = store.server;
  const execute = core.execute;
  let full = true;
  Object.assign(core, {
    execute: (command: { name: string }, ...rest: never[]) => {
      if (full && command.name === 'menu.change_product') throw new Error('disk');
      return (execute as (...all: unknown[]) => unknown)(command, ...rest);
    },
  });
  const command = relay.command(1, 'menu.change_product', setTo(3_333));
  const heard = relay.requests.filter((path) => path === relayPaths.exchange).length;
  await soon(() =>
    expect(relay.requests.filter((path) => path === relayPaths.exchange).length).toBeGreaterThan(heard + 2),
  );
  expect(relay.verdicts).toEqual([]);
  full = false;
  expect(await verdictOn(command)).toEqual(['applied', null]);
});
