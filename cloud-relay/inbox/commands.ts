import type { RelayCommand } from '#contract/relay.ts';
import { signText } from '../../store-server/kernel/ed25519.ts';
import type { Ids } from '../../store-server/kernel/ids.ts';
import { commandText } from '../../store-server/kernel/relay-texts.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Database, Sql } from '../db/database.ts';
import type { Person } from '../http/route.ts';
import type { RelayKeys } from '../keys.ts';

/** What is to be done in a store, as somebody of the platform asks for it. */
export interface Wish {
  readonly storeId: string;
  readonly productId: string;
  readonly priceMinor: number;
  readonly baseVersion?: number | undefined;
}

/** A command as it stands now; times are epoch ms. */
export interface CommandSeen {
  readonly commandId: string;
  readonly storeId: string;
  readonly n: number;
  readonly command: string;
  readonly input: Record<string, unknown>;
  readonly issuedAt: number;
  readonly notAfter: number;
  readonly sentAt: number | null;
  readonly outcome: 'applied' | 'duplicate' | 'refused' | null;
  readonly problem: { code: string; message: string } | null;
  readonly answeredAt: number | null;
  /** Done, and then undone by a restore: the history in which it was done is not the store's any more. */
  readonly undone: boolean;
}

/** A store that is away longer than this is asked again by a person, who then sees today's menu. */
const LIFE_MS = 24 * 3_600_000;
const COMMAND = 'menu.change_product';

export interface Commands {
  /**
   * Queues price changes, signed, for one store or several: all of them or none.
   * @throws Problem NOT_FOUND for a restaurant or product that is not the asker's, STORE_REVOKED
   */
  issue(person: Person, wishes: readonly Wish[], now: number): Promise<CommandSeen[]>;
  /** The latest commands of one store, the newest first. */
  list(tenantId: string, storeId: string): Promise<CommandSeen[]>;
}

export function createCommands(database: Database, keys: RelayKeys, ids: Ids): Commands {
  async function queue(sql: Sql, { tenantId, personId }: Person, wish: Wish, now: number): Promise<string> {
    const { storeId, productId, priceMinor } = wish;
    const store = await sql.one<{ revokedAt: number | null; known: boolean }>(
      `SELECT s.revoked_at AS "revokedAt", p.product_id IS NOT NULL AS known
       FROM store s LEFT JOIN product_seen p ON p.tenant_id = s.tenant_id AND p.store_id = s.store_id AND p.product_id = $3
       WHERE s.tenant_id = $1 AND s.store_id = $2`,
      [tenantId, storeId, productId],
    );
    if (store === undefined) throw new Problem('NOT_FOUND', { field: 'id' });
    if (!store.known) throw new Problem('NOT_FOUND', { field: 'product_id' });
    if (store.revokedAt !== null) throw new Problem('STORE_REVOKED');
    const numbered = await sql.one<{ n: number }>(
      `UPDATE store_head SET next_command = next_command + 1 WHERE tenant_id = $1 AND store_id = $2
       RETURNING next_command - 1 AS n`,
      [tenantId, storeId],
    );
    if (numbered === undefined) throw new Error('a store without a head');
    const command: Omit<RelayCommand, 'signature'> = {
      command_id: ids.next(),
      n: numbered.n,
      command: COMMAND,
      input: { product_id: productId, price_minor: priceMinor },
      ...(wish.baseVersion === undefined ? {} : { base_version: wish.baseVersion }),
      not_after: now + LIFE_MS,
      issued_by: personId,
    };
    await sql.run(
      `INSERT INTO command (tenant_id, store_id, n, command_id, command, input, base_version, not_after, issued_by,
         issued_at, signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        tenantId,
        storeId,
        command.n,
        command.command_id,
        command.command,
        JSON.stringify(command.input),
        command.base_version ?? null,
        command.not_after,
        personId,
        now,
        signText(keys.privateKey, commandText(storeId, command)),
      ],
    );
    return command.command_id;
  }

  return {
    issue: (person, wishes, now) =>
      database.inTenant(person.tenantId, async (sql) => {
        const issued: CommandSeen[] = [];
        // Two owners who push to the same restaurants wait for each other in the same order.
        for (const wish of wishes.toSorted((a, b) => (a.storeId < b.storeId ? -1 : 1))) {
          const id = await queue(sql, person, wish, now);
          const seen = (await seenCommands(sql, person.tenantId, wish.storeId)).find(
            ({ commandId }) => commandId === id,
          );
          if (seen !== undefined) issued.push(seen);
        }
        return issued;
      }),
    list: (tenantId, storeId) => database.inTenant(tenantId, (sql) => seenCommands(sql, tenantId, storeId)),
  };
}

/** A command is undone once all that the present history took over from the one before is here, and it is not in it. */
const seenCommands = (sql: Sql, tenantId: string, storeId: string): Promise<CommandSeen[]> =>
  sql.rows<CommandSeen>(
    `SELECT c.command_id AS "commandId", c.store_id AS "storeId", c.n, c.command, c.input, c.issued_at AS "issuedAt",
       c.not_after AS "notAfter", c.sent_at AS "sentAt", c.outcome, c.problem, c.answered_at AS "answeredAt",
       coalesce(c.outcome <> 'refused' AND c.answered_in <> h.epoch_id AND e.parent_seq <= h.seq
         AND d.seq IS NULL, false) AS undone
     FROM command c
     JOIN store_head h ON h.tenant_id = c.tenant_id AND h.store_id = c.store_id
     LEFT JOIN epoch e ON e.tenant_id = h.tenant_id AND e.store_id = h.store_id AND e.epoch_id = h.epoch_id
     LEFT JOIN command_done d
       ON d.tenant_id = c.tenant_id AND d.store_id = c.store_id AND d.command_id = c.command_id
     WHERE c.tenant_id = $1 AND c.store_id = $2 ORDER BY c.n DESC LIMIT 100`,
    [tenantId, storeId],
  );
