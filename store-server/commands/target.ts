import { Ref } from '#contract/ids.ts';
import type { Connection } from '../db/connection.ts';
import { Problem } from '../kernel/verdict.ts';
import type { Command } from './define.ts';

type Guarded = Pick<Command, 'target' | 'targetId'>;

/** What does not exist goes by the name it was given: that is for the command itself to refuse. */
function idBehind(connection: Connection, { targetId }: Guarded, ref: Ref): string {
  if (targetId === undefined) return String(ref);
  try {
    return targetId(connection, ref);
  } catch (error) {
    if (error instanceof Problem) return String(ref);
    throw error;
  }
}

/** The id of what a command is about, the same however the request names it; null where nobody can approve it. */
export const targetOf = (connection: Connection, command: Guarded, input: unknown): string | null =>
  command.target === undefined ? null : idBehind(connection, command, command.target(input));

/** Whether a manager who said yes to `name`, be it a uuid or an alias, meant what this request is about. */
export function isTarget(connection: Connection, command: Guarded, input: unknown, name: string): boolean {
  const asked = targetOf(connection, command, input);
  if (asked === null || asked === name) return asked === name;
  const ref = Ref.safeParse(name);
  return ref.success && idBehind(connection, command, ref.data) === asked;
}
