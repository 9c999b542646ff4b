import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkOrder } from '../../../store-server/features/ledger/index.ts';
import { checkMoney, checkOrderMoney, dailyReport } from '../../../store-server/features/reports/index.ts';
import { addTill } from '../../../store-server/features/shifts/index.ts';
import { checkDrawers } from '../../../store-server/features/shifts/shifts.invariants.ts';
import { openStore, type TestStore } from '../../harness/open-store.ts';
import { type Dice, dice } from '../dice.ts';
import { removePrinters } from '../remove-printers.ts';
import { say, seed, tier } from '../tier.ts';
import { dayAgrees, zAgrees } from './agree.ts';
import { serve } from './guests.ts';
import { closeDay, closeDrawers, cook, managerOf, moveSomeCash, openDrawers, type Service } from './service.ts';

/** Checks by the thousand on the real core, many at once, over drawers that open and close and days that end. */

const { runs, once } = tier({ ci: 400, long: 50_000 });
/** Checks under way at once: they share commits. */
const AT_ONCE = 32;
/** So many checks make a shift, so many shifts a day. */
const SHIFT = 200;
const SHIFTS_A_DAY = 3;

let store: TestStore;
let service: Service;

beforeAll(async () => {
  store = await openStore();
  const { core } = store.server;
  const manager = managerOf(core);
  await removePrinters(store);
  await core.execute(addTill, manager, { name: 'Bar', printer_id: null });
  service = {
    core,
    manager,
    products: await cook(core),
    tills: [1, 2],
    sessions: new Map(),
    count: { commands: 0, refused: 0, refunds: 0, settled: 0 },
  };
});
afterAll(() => store?.close());

/**
 * After each commit every check that it touched has to add up; the one that settles a check is also compared with what
 * its lines come to, which cannot change afterwards. Collects what does not, with the command.
 */
function watch(): string[] {
  const wrong: string[] = [];
  const { core } = store.server;
  core.onCommit(({ entries }) => {
    const touched = new Map<string, { command: string; settled: boolean }>();
    for (const { command, facts } of entries) {
      for (const { fact, body } of facts) {
        const id = (body as { order_id?: unknown }).order_id;
        if (typeof id !== 'string') continue;
        touched.set(id, { command, settled: fact.kind === 'order.settled' || touched.get(id)?.settled === true });
      }
    }
    for (const [id, { command, settled }] of touched) {
      const check = settled ? checkOrderMoney : checkOrder;
      wrong.push(...check(core.connection(), id).map((sentence) => `after ${command}: ${sentence}`));
    }
  });
  return wrong;
}

/** The manager's part of the evening: cash in and out, drawers closed and opened, days ended, with checks going on. */
async function endShift(number: number, at: Dice): Promise<string[]> {
  const { sqlite } = store.server.core.connection();
  const closed = await closeDrawers(service, at);
  const wrong = closed.flatMap((id) => zAgrees(sqlite, id));
  if (number % SHIFTS_A_DAY === 0) {
    const day = await closeDay(service);
    wrong.push(...dayAgrees(sqlite, dailyReport(store.server.core.connection(), day).summary));
    store.clock.jump(86_400_000);
  }
  await openDrawers(service, at);
  return wrong;
}

test(
  `${runs} checks through the core, and not one penny astray after any commit, in any drawer or on any day`,
  once,
  async () => {
    const wrong = watch();
    const at = dice(seed);
    await openDrawers(service, at);
    let [begun, shifts] = [0, 0];
    let closing: Promise<void> = Promise.resolve();
    const hands = Array.from({ length: AT_ONCE }, async () => {
      while (begun < runs && wrong.length === 0) {
        begun += 1;
        const own = dice(seed + begun);
        if (begun % SHIFT === 0) {
          shifts += 1;
          const number = shifts;
          closing = closing.then(async () => void wrong.push(...(await endShift(number, at))));
        }
        if (begun % 25 === 0) await moveSomeCash(service, own);
        await serve(service, own);
      }
    });
    await Promise.all(hands);
    await closing;
    expect(wrong).toEqual([]);

    const connection = store.server.core.connection();
    expect(checkMoney(connection)).toEqual([]);
    expect(checkDrawers(connection)).toEqual([]);
    expect(store.complaints).toEqual([]);
    const { commands, refused, refunds, settled } = service.count;
    // Money that nobody takes or gives back proves nothing.
    expect(settled).toBeGreaterThan(runs * 0.7);
    expect(refunds).toBeGreaterThan(runs * 0.5);
    say('money, executed', {
      checks: begun,
      settled,
      refunds,
      commands,
      refused,
      shifts,
      'journal entries': store.server.core.head().seq,
    });
  },
);
