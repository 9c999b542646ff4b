import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { z } from 'zod';
import type { Audience, Fact } from '#contract/facts.ts';
import { shapeOf } from './columns.ts';
import type { Connection } from './connection.ts';
import type { NewRow, RowFields, RowWriter } from './row-writer.ts';

/** One piece of a journal entry: why something happened (a fact) or what was written (a change). */
export interface Part {
  readonly role: 'fact' | 'change';
  readonly kind: string;
  readonly version: number;
  readonly audience: readonly Audience[];
  readonly entity: string;
  readonly entityId: string;
  /** JSON text, as it is stored and hashed. */
  readonly body: string;
}

/** Writes to one aggregate. What changes has to be told: a change without a fact fails the command. */
export interface AggregateWriter {
  insert<Table extends SQLiteTable>(table: Table, row: NewRow<Table>): AggregateWriter;
  update<Table extends SQLiteTable>(table: Table, id: string, fields: RowFields<Table>): AggregateWriter;
  remove<Table extends SQLiteTable>(table: Table, id: string): AggregateWriter;
  tell<Body extends z.ZodType>(fact: Fact<Body>, body: z.output<Body>): AggregateWriter;
}

/** Rows that are nobody's business (jobs, sign-ins, secrets): written in the same transaction, never journaled. */
export interface LocalWriter<Table extends SQLiteTable> {
  insert(row: NewRow<Table>): void;
  update(id: string, fields: RowFields<Table>): void;
  remove(id: string): void;
}

/** The unit of work of one command: reads go through `connection`, writes only through these verbs. */
export interface Tx {
  readonly connection: Connection;
  on(entity: string, id: string): AggregateWriter;
  local<Table extends SQLiteTable>(table: Table): LocalWriter<Table>;
}

/** A fact as it was told, for reactions in the same transaction and for the sockets after the commit. */
export interface ToldFact {
  readonly fact: Fact;
  readonly entityId: string;
  readonly body: unknown;
}

interface Touched {
  readonly entity: string;
  readonly id: string;
  readonly rows: unknown[];
  told: boolean;
  writer: AggregateWriter | null;
}

/** Gathers what one command wrote and said, per aggregate, so that the journal cannot be forgotten. */
export function createTx(connection: Connection, rows: RowWriter) {
  const touched = new Map<string, Touched>();
  const told: ToldFact[] = [];
  const facts: Part[] = [];

  const aggregate = (entity: string, id: string): Touched => {
    const key = `${entity} ${id}`;
    let it = touched.get(key);
    if (it === undefined) {
      it = { entity, id, rows: [], told: false, writer: null };
      touched.set(key, it);
    }
    return it;
  };

  const tx: Tx = {
    connection,
    on(entity, id) {
      const it = aggregate(entity, id);
      if (it.writer !== null) return it.writer;
      const writer: AggregateWriter = {
        insert(table, row) {
          it.rows.push(['insert', tableName(table), rows.insert(table, row)]);
          return writer;
        },
        update(table, rowId, fields) {
          it.rows.push(['update', tableName(table), rows.update(table, rowId, fields)]);
          return writer;
        },
        remove(table, rowId) {
          rows.remove(table, rowId);
          it.rows.push(['remove', tableName(table), { id: rowId }]);
          return writer;
        },
        tell(fact, body) {
          if (fact.entity !== entity) throw new Error(`${fact.kind} is about ${fact.entity}, not ${entity}`);
          it.told = true;
          facts.push({
            role: 'fact',
            kind: fact.kind,
            version: fact.version,
            audience: fact.audience,
            entity,
            entityId: id,
            body: JSON.stringify(body),
          });
          told.push({ fact, entityId: id, body });
          return writer;
        },
      };
      it.writer = writer;
      return writer;
    },
    local: (table) => ({
      insert: (row) => void rows.insert(table, row),
      update: (id, fields) => void rows.update(table, id, fields),
      remove: (id) => rows.remove(table, id),
    }),
  };

  return {
    tx,
    /** Every fact told so far, in order. */
    told: (): readonly ToldFact[] => told,
    /**
     * The parts of the journal entry: what changed, then the facts in the order they were told, which is also the order
     * in which sockets hear them. @throws Error if an aggregate changed and nobody was told why
     */
    parts(): Part[] {
      const changed = [...touched.values()].filter(({ rows: written }) => written.length > 0);
      const silent = changed.find((it) => !it.told);
      if (silent !== undefined) throw new Error(`${silent.entity} ${silent.id} changed and nobody was told why`);
      const changes = changed.map((it): Part => {
        const body = JSON.stringify(it.rows);
        return { role: 'change', kind: 'change', version: 1, audience: [], entity: it.entity, entityId: it.id, body };
      });
      return [...changes, ...facts];
    },
  };
}

const tableName = (table: SQLiteTable): string => shapeOf(table).name;
