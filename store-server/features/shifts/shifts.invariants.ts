import type { Connection } from '../../db/connection.ts';
import { checkSession, figuresOfLedger, ledgerTotals, tendersOf } from '../ledger/index.ts';
import { takenIn } from '../settings/index.ts';
import { allSessions, countsOf, movementsOf, type Session, zReports } from './shifts.reads.ts';
import { expectedInDrawer } from './shifts.view.ts';

const same = (what: string, found: number, expected: number): string[] =>
  found === expected ? [] : [`${what}: ${found}, should be ${expected}`];

/** Drawer = float + cash in − cash out + cash taken − cash given back, and nothing once it has been closed. */
function checkOne(connection: Connection, session: Session): string[] {
  const scope = { sessionId: session.id };
  const figures = figuresOfLedger(ledgerTotals(connection, scope));
  const moved = (direction: 'in' | 'out'): number =>
    movementsOf(connection, session.id).reduce(
      (sum, movement) => (movement.direction === direction ? sum + movement.amountMinor : sum),
      0,
    );
  const cash = tendersOf(connection, scope).find(({ method }) => method === 'cash');
  const taken = cash === undefined ? 0 : cash.takenMinor + cash.tipMinor - cash.refundedMinor;
  const float = session.openingFloatMinor ?? 0;
  const shouldBe = float + moved('in') - moved('out') + taken;
  const inDrawer = expectedInDrawer(connection, session.id);
  const last = countsOf(connection, session.id).findLast(({ kind }) => kind === 'closing');
  return [
    ...checkSession(connection, session.id),
    ...[
      ...same('float in the ledger', figures.floatMinor, float),
      ...same('cash in in the ledger', figures.cashInMinor, moved('in')),
      ...same('cash out in the ledger', figures.cashOutMinor, moved('out')),
      ...same('in the drawer', inDrawer, session.state === 'closed' ? 0 : shouldBe),
      ...(session.expectedMinor === null ? [] : same('expected', session.expectedMinor, shouldBe)),
      ...(session.countedMinor === null ? [] : same('counted', session.countedMinor, last?.countedMinor ?? -1)),
      ...(session.state === 'closed'
        ? same('over or short in the ledger', figures.overShortMinor, (session.countedMinor ?? 0) - shouldBe)
        : []),
    ].map((sentence) => `session ${session.id}: ${sentence}`),
  ];
}

/** What does not add up in any drawer, in the Z series (no gap but those of a restore), and that every closed session has its Z. */
export function checkDrawers(connection: Connection): string[] {
  const sessions = allSessions(connection);
  const numbers = zReports(connection);
  return [
    ...sessions.flatMap((session) => checkOne(connection, session)),
    ...numbers.flatMap(({ number }, at) => {
      const before = numbers[at - 1]?.number ?? 0;
      const isAfterRestore = number > before && takenIn(connection, 'z').includes(number - 1);
      return isAfterRestore ? [] : same(`Z report in place ${at + 1}`, number, before + 1);
    }),
    ...same('Z reports', numbers.length, sessions.filter(({ state }) => state === 'closed').length),
  ];
}
