/**
 * A life cycle as a table: for each status, what can be done and where that leads. A status without moves is an end.
 * Write it `as const satisfies MoveTable<Status>`.
 */
export type MoveTable<Status extends string> = {
  readonly [From in Status]: Readonly<Record<string, Status>>;
};

/** The verbs that occur anywhere in a table. */
export type VerbOf<Table> = { [From in keyof Table]: keyof Table[From] }[keyof Table] & string;

/** Where `verb` leads from `from`, or undefined if it is not possible there. */
export function nextStatus<Table extends MoveTable<string>>(
  table: Table,
  from: keyof Table & string,
  verb: string,
): (keyof Table & string) | undefined {
  const moves = movesFrom(table, from);
  // A verb from outside may be called `toString`: only what stands in the table counts.
  return Object.hasOwn(moves, verb) ? moves[verb] : undefined;
}

/** What can be done from `from`, in the table's order. */
export function possible<Table extends MoveTable<string>>(table: Table, from: keyof Table & string): string[] {
  return Object.keys(movesFrom(table, from));
}

function movesFrom(table: MoveTable<string>, from: string): Readonly<Record<string, string>> {
  return Object.hasOwn(table, from) ? table[from]! : {};
}
