import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { Caller } from '../../../store-server/commands/caller.ts';
import type { Command } from '../../../store-server/commands/define.ts';
import type { Connection } from '../../../store-server/db/connection.ts';
import type { StoreServer } from '../../../store-server/server.ts';

/** What fails; never a refusal and never the disk, so nobody in between takes it for either. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** Fails one statement of a command, counted from the moment it is armed. */
export interface Sabotage {
  readonly beforeWrite: (sql: string) => void;
  /** @param place 1 for the next statement */
  arm(place: number): void;
  disarm(): void;
}

export function createSabotage(): Sabotage {
  let left = Number.POSITIVE_INFINITY;
  return {
    beforeWrite(sql) {
      left -= 1;
      if (left === 0) throw new Fault(sql);
    },
    arm(place) {
      left = place;
    },
    disarm() {
      left = Number.POSITIVE_INFINITY;
    },
  };
}

const tablesOf = ({ sqlite }: Connection): string[] =>
  sqlite
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[];

/** How many rows each table has, and where the journal ends. */
function counts(connection: Connection): Record<string, unknown> {
  const { sqlite } = connection;
  const rows = tablesOf(connection).map((name) => [
    name,
    sqlite.prepare(`SELECT count(*) FROM "${name}"`).pluck().get(),
  ]);
  return {
    ...Object.fromEntries(rows),
    head: sqlite.prepare('SELECT hex(hash) FROM journal ORDER BY seq DESC LIMIT 1').pluck().get(),
  };
}

/** A digest of every cell of every table, so that an update which stayed behind shows as well. */
function everything(connection: Connection): Record<string, unknown> {
  const { sqlite } = connection;
  return Object.fromEntries(
    tablesOf(connection).map((name) => {
      const hash = createHash('sha256');
      for (const row of sqlite.prepare(`SELECT * FROM "${name}"`).raw().iterate()) hash.update(JSON.stringify(row));
      return [name, hash.digest('hex')];
    }),
  );
}

/** They have no statement of their own: four only look, two exchange the whole database before their turn comes, two ask the process for another store. */
export const WITHOUT_STATEMENTS: readonly string[] = [
  'backups.find',
  'backups.move_in',
  'backups.preview',
  'backups.restore',
  'printers.discover',
  'relay.send_now',
  'settings.preview_receipt',
  'staff.begin_practice',
  'staff.end_practice',
];

/** How many places of each command have been made to fail, by its name. */
export type Swept = Map<string, number>;

/**
 * From now on, every command that this store executes is first made to fail at its first statement, then at its second,
 * and so on, until it has no further one and succeeds. After each failure nothing of it may be there.
 */
export function sweepCommands({ core }: StoreServer, sabotage: Sabotage, swept: Swept): void {
  const execute = core.execute;
  let turn: Promise<unknown> = Promise.resolve();

  async function sweep(command: Command, caller: Caller, input: unknown, sent: unknown): Promise<unknown> {
    // Each cell is looked at when a command is met for the first time; afterwards its rows are counted.
    const look = swept.has(command.name) ? counts : everything;
    const before = look(core.connection());
    const head = core.head();
    for (let place = 1; ; place += 1) {
      sabotage.arm(place);
      try {
        return await execute(command, caller, input, sent);
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        const about = `${command.name}, failed at statement ${place}: ${error.message}`;
        expect(look(core.connection()), about).toEqual(before);
        expect(core.head(), about).toEqual(head);
        swept.set(command.name, Math.max(place, swept.get(command.name) ?? 0));
      } finally {
        sabotage.disarm();
      }
    }
  }

  const oneByOne = (command: Command, caller: Caller, input: unknown, sent: unknown = input): Promise<unknown> => {
    // While a database is exchanged the printers stop and begin anew, each with commands of its own.
    if (WITHOUT_STATEMENTS.includes(command.name)) return execute(command, caller, input, sent);
    // One after the other, so that what the printers note meanwhile is not taken for something left behind.
    const mine = turn.then(() => sweep(command, caller, input, sent));
    turn = mine.catch(() => undefined);
    return mine;
  };
  Object.assign(core, { execute: oneByOne });
}
