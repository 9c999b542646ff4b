import type { Proof } from './list.ts';

/** How a proof's program ended. */
export interface Ending {
  code: number | string | null;
  /** Stopped because its budget was used up. */
  late: boolean;
  said: string;
  seconds: number;
  asRoot: boolean;
}

export interface Judgement {
  name: string;
  ok: boolean;
  seconds: number;
  /** The reasons it gave, one a skip. */
  skips: string[];
  /** Why it failed; empty when it did not. */
  why: string;
}

/** A proof holds when its program says so in time, and has skipped exactly what was agreed. */
export function judge(proof: Proof, ending: Ending): Judgement {
  const skips = ending.said.split('\n').flatMap((line) => /^\s*SKIP\s+(.*)$/.exec(line)?.[1] ?? []);
  const allowed = ending.asRoot ? proof.allowedSkips.root : proof.allowedSkips.user;
  return { name: proof.name, seconds: ending.seconds, skips, ...verdict(proof, ending, skips.length, allowed) };
}

function verdict(proof: Proof, { late, code }: Ending, skipped: number, allowed: number): { ok: boolean; why: string } {
  if (late) return { ok: false, why: `not done within ${proof.budgetSeconds} s` };
  if (code !== 0) return { ok: false, why: `ended with ${code}` };
  if (skipped > allowed) return { ok: false, why: `${skipped} skipped, ${allowed} agreed` };
  return { ok: true, why: '' };
}

export function table(judgements: readonly Judgement[]): string {
  const lines = judgements.flatMap(({ name, ok, seconds, skips, why }) => [
    `${ok ? 'ok  ' : 'FAIL'} ${seconds.toFixed(1).padStart(7)} s  ${name}${why && `: ${why}`}`,
    ...skips.map((reason) => `                 skipped: ${reason}`),
  ]);
  const count = (test: (one: Judgement) => boolean) => judgements.filter(test).length;
  const skipped = judgements.reduce((sum, { skips }) => sum + skips.length, 0);
  return [
    '',
    ...lines,
    `proofs: ${count(({ ok }) => ok)} held, ${count(({ ok }) => !ok)} failed, ${skipped} parts skipped`,
  ].join('\n');
}
