import type { z } from 'zod';
import type { freshness, RestaurantDto } from '#contract/platform.ts';
import type { LiveSummary } from '#contract/relay.ts';
import { isoTime, isoTimeOrNull } from '../../store-server/kernel/dates.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Sql } from '../db/database.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id that a path names. One of another tenant is as unknown as one that never was. */
export function idIn({ id = '' }: Readonly<Record<string, string>>): string {
  if (!uuid.test(id)) throw new Problem('NOT_FOUND', { field: 'id' });
  return id;
}

/** One store with all that is known of how it is. Times are epoch ms. */
export interface RestaurantRow {
  readonly id: string;
  readonly restaurantId: string;
  readonly name: string;
  readonly version: string;
  readonly joinedAt: number;
  readonly revokedAt: number | null;
  readonly seq: number;
  readonly recordedAt: number | null;
  readonly heardAt: number | null;
  readonly live: LiveSummary | null;
  readonly unread: number;
  readonly orphaned: number;
  readonly doubtful: number;
}

/** Every restaurant of a tenant by name, or the one of `id`. */
export const restaurantsOf = (sql: Sql, tenantId: string, id: string | null = null): Promise<RestaurantRow[]> =>
  sql.rows<RestaurantRow>(
    `SELECT s.store_id AS id, s.restaurant_id AS "restaurantId", s.name, s.version, s.joined_at AS "joinedAt",
       s.revoked_at AS "revokedAt", h.seq, h.recorded_at AS "recordedAt", l.heard_at AS "heardAt", l.live,
       (SELECT coalesce(sum(u.told), 0)::bigint FROM unread_fact u
        WHERE u.tenant_id = s.tenant_id AND u.store_id = s.store_id) AS unread,
       (SELECT coalesce(sum(e.orphans), 0)::bigint FROM epoch e
        WHERE e.tenant_id = s.tenant_id AND e.store_id = s.store_id) AS orphaned,
       (SELECT count(*) FROM day_total d
        WHERE d.tenant_id = s.tenant_id AND d.store_id = s.store_id AND d.sealed IS NOT NULL AND NOT d.agrees) AS doubtful
     FROM store s
     JOIN store_head h ON h.tenant_id = s.tenant_id AND h.store_id = s.store_id
     LEFT JOIN store_live l ON l.tenant_id = s.tenant_id AND l.store_id = s.store_id
     WHERE s.tenant_id = $1 AND ($2::uuid IS NULL OR s.store_id = $2) ORDER BY s.name, s.store_id`,
    [tenantId, id],
  );

type Restaurant = z.output<typeof RestaurantDto>;

/** The store's own word about its computer, and its clock beside ours at the moment when that word came. */
function healthOf({ live, heardAt }: RestaurantRow): Restaurant['health'] {
  if (live === null || heardAt === null) return null;
  const { time_zone, read_only, devices, printers, backup, disk_free_bytes } = live.health ?? {};
  return {
    clock_ahead_ms: live.at - heardAt,
    time_zone: time_zone ?? null,
    read_only: read_only ?? null,
    devices: devices ?? null,
    printers: printers ?? null,
    backup:
      backup === undefined
        ? null
        : {
            made_at: isoTimeOrNull(backup.made_at),
            waiting_since: isoTimeOrNull(backup.waiting_since),
            problem: backup.problem,
          },
    disk_free_bytes: disk_free_bytes ?? null,
  };
}

const LIVE_MS = 10_000;
const QUIET_MS = 10 * 60_000;

/** How fresh a store's own word is. */
export function freshnessOf({ revokedAt, heardAt }: RestaurantRow, now: number): (typeof freshness)[number] {
  if (revokedAt !== null) return 'revoked';
  if (heardAt === null) return 'never';
  const age = now - heardAt;
  return age <= LIVE_MS ? 'live' : age <= QUIET_MS ? 'quiet' : 'silent';
}

/** Entries that the store has recorded and not sent; counted from its own word, so never below nought. */
export const backlogOf = ({ live, seq }: RestaurantRow): number => Math.max(0, (live?.head_seq ?? seq) - seq);

export function restaurantDto(row: RestaurantRow, now: number): Restaurant {
  const { live, heardAt } = row;
  return {
    id: row.id,
    restaurant_id: row.restaurantId,
    name: row.name,
    version: row.version,
    joined_at: isoTime(row.joinedAt),
    revoked_at: isoTimeOrNull(row.revokedAt),
    freshness: freshnessOf(row, now),
    live:
      live === null || heardAt === null
        ? null
        : {
            age_ms: Math.max(0, now - heardAt),
            business_day: live.business_day,
            currency: live.currency,
            sales_minor: live.sales_minor,
            refunds_minor: live.refunds_minor,
            orders_settled: live.orders_settled,
            orders_open: live.orders_open,
            open_minor: live.open_minor,
            covers: live.covers,
            printers_waiting: live.printers_waiting,
          },
    detail: {
      acked_seq: row.seq,
      backlog: backlogOf(row),
      complete_to: isoTimeOrNull(row.recordedAt),
      unread_facts: row.unread,
      orphaned_entries: row.orphaned,
      days_in_doubt: row.doubtful,
    },
    health: healthOf(row),
  };
}
