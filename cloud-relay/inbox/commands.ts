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

const seenCommands = (sql: Sql, tenantId: string, storeId: string): Promise<CommandSeen[]> =>
  sql.rows<CommandSeen>(
    `SELECT command_id AS "commandId", store_id AS "storeId", n, command, input, issued_at AS "issuedAt",
       not_after AS "notAfter", sent_at AS "sentAt", outcome, problem, answered_at AS "answeredAt"
     FROM command WHERE tenant_id = $1 AND store_id = $2 ORDER BY n DESC LIMIT 100`,
    [tenantId, storeId],
  );
