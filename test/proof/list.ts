/**
 * What `npm run proof:ci` runs, in this order. A proof is a program of its own: it exits with 0 when its promise holds.
 * What it cannot try on this machine (no root, no network namespaces) it says on a line of its own, `SKIP reason`, and
 * the number of those lines is pinned here, so that a proof which quietly stops proving anything fails.
 */
export interface Proof {
  name: string;
  /** Run under Node 24 from the repository: a file and its arguments. */
  command: readonly [file: string, ...args: string[]];
  /** Over it, the proof is stopped and has failed. */
  budgetSeconds: number;
  /** How many `SKIP` lines are expected: as root, as in CI, and otherwise. */
  allowedSkips: { root: number; user: number };
}

export const proofs: readonly Proof[] = [
  { name: 'mdns', command: ['test/proof/mdns/run.ts'], budgetSeconds: 120, allowedSkips: { root: 0, user: 1 } },
  { name: 'kill', command: ['test/proof/kill/run.ts', '100'], budgetSeconds: 420, allowedSkips: { root: 0, user: 0 } },
  {
    name: 'power-cut',
    command: ['test/proof/power-cut/run.ts', '50', '25'],
    budgetSeconds: 420,
    allowedSkips: { root: 0, user: 1 },
  },
  {
    name: 'strace',
    command: ['test/proof/strace/run.ts', '16'],
    budgetSeconds: 300,
    allowedSkips: { root: 0, user: 1 },
  },
  {
    name: 'disk-full',
    command: ['test/proof/disk-full/run.ts', '8'],
    budgetSeconds: 120,
    allowedSkips: { root: 0, user: 1 },
  },
  {
    name: 'package',
    command: ['test/proof/package/run.ts'],
    budgetSeconds: 180,
    allowedSkips: { root: 0, user: 0 },
  },
  {
    name: 'damage',
    command: ['test/proof/damage/run.ts', '100'],
    budgetSeconds: 180,
    allowedSkips: { root: 0, user: 0 },
  },
  // What `npm test` tries at a smaller size.
  {
    name: 'keys',
    command: ['test/property/long.ts', 'keys', '1000'],
    budgetSeconds: 420,
    allowedSkips: { root: 0, user: 0 },
  },
  {
    name: 'histories',
    command: ['test/property/long.ts', 'histories', '1000'],
    budgetSeconds: 420,
    allowedSkips: { root: 0, user: 0 },
  },
  {
    name: 'paper',
    command: ['test/property/long.ts', 'paper', '100000'],
    budgetSeconds: 420,
    allowedSkips: { root: 0, user: 0 },
  },
  {
    name: 'checks',
    command: ['test/property/long.ts', 'checks', '5000'],
    budgetSeconds: 420,
    allowedSkips: { root: 0, user: 0 },
  },
  {
    // A store and a relay over the worst of networks: as many changes as the promise names.
    name: 'relay',
    command: ['test/property/long.ts', 'relay', '10000'],
    budgetSeconds: 420,
    allowedSkips: { root: 0, user: 0 },
  },
  {
    // Every screen of the manager's window without an answer, without a server, at twice the size and in forced colours.
    name: 'screens',
    command: ['test/property/long.ts', 'screens'],
    budgetSeconds: 300,
    allowedSkips: { root: 0, user: 0 },
  },
  // In a real Electron; without one each of its seven stories is skipped.
  {
    name: 'desktop',
    command: ['test/e2e-desktop/run.ts'],
    budgetSeconds: 420,
    allowedSkips: { root: 7, user: 7 },
  },
  {
    name: 'mutants',
    command: ['test/mutants/run.ts', 'quick'],
    budgetSeconds: 420,
    allowedSkips: { root: 0, user: 0 },
  },
];
