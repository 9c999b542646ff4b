/**
 * Slips of the hand that somebody might make one day, each with the test that has to notice. A promise whose mutant
 * lives is not kept by its test and is not made.
 */
export interface Mutant {
  /** As GUARANTEES.md numbers the promise. */
  readonly guarantee: string;
  /** What the slip would be, in a few words. */
  readonly slip: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** A test file for vitest, or a proof with its arguments. */
  readonly caughtBy: string;
  /** Narrows a test file to the tests whose names contain this. */
  readonly named?: string;
}

const s = 'store-server';

export const mutants: readonly Mutant[] = [
  {
    guarantee: 'G1',
    slip: 'answer before the commit',
    file: `${s}/commands/core.ts`,
    find: 'group.push({ who, performed });',
    replace:
      'group.push({ who, performed }); if (!(performed.result instanceof Rejection)) who.resolve(performed.result);',
    caughtBy: `${s}/commands/core.test.ts`,
  },
  {
    guarantee: 'G1',
    slip: 'do not wait for the disk',
    file: `${s}/db/connection.ts`,
    find: "['synchronous', 'FULL', 2]",
    replace: "['synchronous', 'NORMAL', 1]",
    caughtBy: `${s}/db/connection.test.ts`,
  },
  {
    guarantee: 'G1',
    slip: 'do not wait for the disk, seen from outside',
    file: `${s}/db/connection.ts`,
    find: "['synchronous', 'FULL', 2]",
    replace: "['synchronous', 'NORMAL', 1]",
    caughtBy: 'test/proof/power-cut/run.ts 12 0',
  },
  {
    guarantee: 'G1',
    slip: 'answer before the commit, seen from outside',
    file: `${s}/commands/core.ts`,
    find: 'group.push({ who, performed });',
    replace:
      'group.push({ who, performed }); if (!(performed.result instanceof Rejection)) who.resolve(performed.result);',
    caughtBy: 'test/proof/strace/run.ts 12',
  },
  {
    guarantee: 'G2',
    slip: 'keep no receipt',
    file: `${s}/commands/perform.ts`,
    find: 'digest !== null && caller.scope !== null && caller.key !== null',
    replace: 'digest === null && caller.scope !== null && caller.key !== null',
    caughtBy: `${s}/commands/core.test.ts`,
  },
  {
    guarantee: 'G2',
    slip: 'answer another request with an old key’s receipt',
    file: `${s}/commands/receipts.ts`,
    find: 'if (!receipt.requestDigest.equals(digest)) throw',
    replace: 'if (receipt.requestDigest.length === 0) throw',
    caughtBy: `${s}/commands/core.test.ts`,
  },
  {
    guarantee: 'G2',
    slip: 'leave the receipt out of the transaction that it speaks of',
    file: `${s}/commands/perform.ts`,
    find: '        if (!(error instanceof Problem)) throw error;',
    replace: `        if (!(error instanceof Problem)) {
          if (digest !== null && key !== null)
            receipts.keep(key.scope, key.key, { requestDigest: digest, outcome: 'applied', commandId: ids.next(), seq: null, answer: 'null', recordedAt });
          throw error;
        }`,
    caughtBy: 'test/scenarios/faults.test.ts',
    named: 'a key whose request failed',
  },
  {
    guarantee: 'G3',
    slip: 'keep what a command had written that failed among others',
    file: `${s}/commands/perform.ts`,
    find: '      undo.run();\n',
    replace: '',
    caughtBy: `${s}/commands/core.test.ts`,
  },
  {
    guarantee: 'G3',
    slip: 'keep what a command had written that failed alone',
    file: `${s}/commands/perform.ts`,
    find: '      rollback.run();\n      undid(connection);\n      begin.run();\n',
    replace: '      undid(connection);\n',
    caughtBy: 'test/scenarios/faults.test.ts',
    named: 'orders.open',
  },
  {
    guarantee: 'G3',
    slip: 'move the chain’s head although the group was rolled back',
    file: `${s}/commands/core.ts`,
    find: '      abandon(group, error);',
    replace: '      head = next;\n      abandon(group, error);',
    caughtBy: `${s}/commands/core.test.ts`,
  },
  {
    guarantee: 'G3',
    slip: 'give a failed command’s number to nobody',
    file: `${s}/commands/core.ts`,
    find: '          group.push({ who, bug });',
    replace: '          group.push({ who, bug });\n          next = { ...next, seq: next.seq + 1 };',
    caughtBy: `${s}/commands/core.test.ts`,
  },
  {
    guarantee: 'G4',
    slip: 'go on one event too late after being cut off within an entry',
    file: `${s}/realtime/fan-out.ts`,
    find: 'fact.n >= seen',
    replace: 'fact.n > seen',
    caughtBy: `${s}/realtime/resume.test.ts`,
    named: 'cut off within an entry',
  },
  {
    guarantee: 'G4',
    slip: 'go on one entry too late',
    file: `${s}/journal/tail.ts`,
    find: 'WHERE p.seq > ? AND p.seq <= ?',
    replace: 'WHERE p.seq > ? + 1 AND p.seq <= ?',
    caughtBy: `${s}/realtime/resume.test.ts`,
    named: 'hears everything it missed',
  },
  {
    guarantee: 'G4',
    slip: 'tell everybody everything',
    file: `${s}/realtime/fan-out.ts`,
    find: '.filter((fact) => fact.audience.some((audience) => scope.audiences.has(audience)))',
    replace: '.filter((fact) => fact.audience.length > 0 || scope.audiences.size > 0)',
    caughtBy: `${s}/realtime/rooms-and-events.test.ts`,
  },
  {
    guarantee: 'G5',
    slip: 'let a second check be opened on a taken table',
    file: `${s}/features/orders/orders.commands/open-order.ts`,
    find: 'if (open === undefined) return;',
    replace: 'if (open === undefined || open.id !== "") return;',
    caughtBy: `${s}/features/orders/orders.opening.test.ts`,
  },
  {
    guarantee: 'G6',
    slip: 'give back a penny more than was paid',
    file: `${s}/features/payments/payments.refund.rules.ts`,
    find: "if (amount > standing.ceiling) return tooMuch(standing.ceiling, 'amount');",
    replace: "if (amount > standing.ceiling + 1) return tooMuch(standing.ceiling, 'amount');",
    caughtBy: `${s}/features/payments/payments.refund.rules.test.ts`,
  },
  {
    guarantee: 'G6',
    slip: 'give the spare penny of equals to the later',
    file: `${s}/kernel/money.ts`,
    find: 'quotas[b]!.rest - quotas[a]!.rest || a - b',
    replace: 'quotas[b]!.rest - quotas[a]!.rest || b - a',
    caughtBy: `${s}/kernel/money.test.ts`,
  },
  {
    guarantee: 'G6',
    slip: 'take a penny more than is due by card',
    file: `${s}/features/payments/payments.rules.ts`,
    find: "if (method !== 'cash') return amount > due ?",
    replace: "if (method !== 'cash') return amount > due + 1 ?",
    caughtBy: `${s}/features/payments/payments.rules.test.ts`,
  },
  {
    guarantee: 'G6',
    slip: 'post an entry that does not balance',
    file: `${s}/features/ledger/ledger.post.ts`,
    find: 'if (off !== 0 ||',
    replace: 'if (Number.isNaN(off) ||',
    caughtBy: `${s}/features/ledger/ledger.test.ts`,
  },
  {
    guarantee: 'G9',
    slip: 'print a possible repeat without saying so',
    file: `${s}/print-desk.ts`,
    find: 'job.repeatPossible ? markPossibleRepeat(ticket) : ticket',
    replace: 'job.repeatPossible ? [...ticket] : ticket',
    caughtBy: `${s}/print-desk.test.ts`,
    named: 'a line that falls in mid-slip',
  },
  {
    guarantee: 'G9',
    slip: 'forget after a restart that a slip was being sent',
    file: `${s}/features/printers/printers.results.ts`,
    find: "if (job.kind === 'drawer') endJob(context, job, 'restart');\n      else if (job.state === 'running') doubt(context, job, 'restart');",
    replace: "if (job.kind === 'drawer') endJob(context, job, 'restart');",
    caughtBy: `${s}/print-desk.test.ts`,
    named: 'pulled plug in mid-slip',
  },
  {
    guarantee: 'G10',
    slip: 'try a drawer pulse again of which nobody knows whether it arrived',
    file: `${s}/print-desk.outcomes.ts`,
    find: "  return { kind: 'dead', reason: outcome.reason };",
    replace: "  return { kind: 'failed', reason: outcome.reason, retryInMs: DRAWER_RETRY_MS };",
    caughtBy: `${s}/print-desk.drawer.test.ts`,
    named: 'never repeated',
  },
  {
    guarantee: 'G10',
    slip: 'open the drawer however late',
    file: `${s}/print-desk.pulses.ts`,
    find: 'const left = msLeft(job);',
    replace: 'const left = Math.max(60_000, msLeft(job));',
    caughtBy: `${s}/print-desk.drawer.test.ts`,
    named: 'waits behind a slip',
  },
  {
    guarantee: 'G15',
    slip: 'go on writing over a connection whose write failed',
    file: `${s}/commands/core.ts`,
    find: '    suspectSince ??= clock.monotonic();\n',
    replace: '',
    caughtBy: `${s}/commands/core.test.ts`,
  },
  {
    guarantee: 'G20',
    slip: 'answer for another restaurant',
    file: `${s}/http/restaurant.ts`,
    find: "if (!is) throw new Problem('NOT_FOUND', { field: 'restaurant_id' });",
    replace: "if (!is && ours === '') throw new Problem('NOT_FOUND', { field: 'restaurant_id' });",
    caughtBy: `${s}/http/edge.test.ts`,
  },
  {
    guarantee: 'G21',
    slip: 'let everybody do everything',
    file: `${s}/commands/perform.ts`,
    find: 'if (command.permission === null || actor.may(command.permission)) return;',
    replace: "if (command.permission === null || actor.may(command.permission) || actor.role !== 'nobody') return;",
    caughtBy: `${s}/features/payments/payments.test.ts`,
    named: 'a server asks a manager',
  },
  {
    guarantee: 'G21',
    slip: 'use a manager’s yes twice',
    file: `${s}/commands/approvals.ts`,
    find: "      if (grant.usedAt !== null) return no('used');\n",
    replace: '',
    caughtBy: `${s}/features/staff/staff.approvals.test.ts`,
  },
  {
    guarantee: 'G21',
    slip: 'use a yes for something else',
    file: `${s}/commands/approvals.ts`,
    find: 'grant.command !== command || !isTarget(grant.targetId)',
    replace: 'false',
    caughtBy: `${s}/features/staff/staff.approvals.test.ts`,
  },
  {
    guarantee: 'G24',
    slip: 'never lock after wrong PINs',
    file: `${s}/features/staff/staff.guard.rules.ts`,
    find: 'streak % rule.streak === 0 ? rule.streakLockMs : 0',
    replace: 'streak % rule.streak === 0 ? 0 : 0',
    caughtBy: `${s}/features/staff/staff.sign-in.test.ts`,
    named: 'five wrong PINs',
  },
  {
    guarantee: 'G24',
    slip: 'look at a PIN that comes too early',
    file: `${s}/features/staff/staff.pin-check.ts`,
    find: '  auth.guard.insistOpen(tx.connection, doors, now);\n',
    replace: '',
    caughtBy: `${s}/features/staff/staff.sign-in.test.ts`,
  },
  {
    guarantee: 'G24',
    slip: 'do the work for a PIN that comes too early',
    file: `${s}/features/staff/staff.pin-check.ts`,
    find: '  auth.guard.insistOpen(at.connection, doorsOf(at.connection, attempt), at.now);\n',
    replace: '',
    caughtBy: `${s}/features/staff/staff.hashing.test.ts`,
    named: 'attempt that comes too early',
  },
];
