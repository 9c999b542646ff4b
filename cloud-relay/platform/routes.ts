import type { z } from 'zod';
import {
  type ClaimCodeDto,
  DaysQuery,
  IssueCommand,
  IssuePrice,
  MakeClaimCode,
  NoFields,
  type PlatformCommandDto,
  type ProductSeenDto,
  type RestaurantDaysDto,
  type SwitchedDto,
  SwitchRestaurant,
  type UnusedCodeDto,
} from '#contract/platform.ts';
import { daysBetween } from '../../store-server/kernel/business-day.ts';
import { isoTime, isoTimeOrNull } from '../../store-server/kernel/dates.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Database } from '../db/database.ts';
import { type Route, route } from '../http/route.ts';
import type { CommandSeen, Commands } from '../inbox/commands.ts';
import { type ClaimCodes, unusedCodes } from '../ingest/claim-codes.ts';
import { analytics } from './analytics.ts';
import { comparison } from './comparison.ts';
import { dashboard } from './dashboard.ts';
import { daysOf } from './days.ts';
import { idIn, restaurantDto, restaurantsOf } from './restaurants.ts';

export interface PlatformDeps {
  readonly database: Database;
  readonly claimCodes: ClaimCodes;
  readonly commands: Commands;
}

const MOST_DAYS = 800;

function insistSpan({ from, to }: { from: string; to: string }): void {
  const days = daysBetween(from, to);
  if (days < 0) throw new Problem('VALIDATION_ERROR', { field: 'to', reason: 'This is before the first day.' });
  if (days > MOST_DAYS)
    throw new Problem('VALIDATION_ERROR', { field: 'to', reason: `At most ${MOST_DAYS} days at once.` });
}

/** What the platform's people ask and do. */
export function platformRoutes({ database, claimCodes, commands }: PlatformDeps): Route[] {
  const root = '/api/v1/platform';
  const one = async (tenantId: string, id: string, now: number) => {
    const [row] = await database.inTenant(tenantId, (sql) => restaurantsOf(sql, tenantId, id));
    if (row === undefined) throw new Problem('NOT_FOUND', { field: 'id' });
    return restaurantDto(row, now);
  };
  return [
    route('platform.dashboard', `GET ${root}/dashboard`, 'viewer', {
      answer: ({ person, now }) => dashboard(database, person.tenantId, now),
    }),
    route('platform.analytics', `GET ${root}/analytics`, 'viewer', {
      query: DaysQuery,
      answer({ person, query }) {
        insistSpan(query);
        return analytics(database, person.tenantId, query);
      },
    }),
    route('platform.comparison', `GET ${root}/analytics/restaurants`, 'viewer', {
      query: DaysQuery,
      answer({ person, query }) {
        insistSpan(query);
        return comparison(database, person.tenantId, query);
      },
    }),
    route('platform.claim_code', `POST ${root}/claim-codes`, 'manager', {
      body: MakeClaimCode,
      status: 201,
      async answer({ person: { tenantId, personId }, body: { restaurant }, now }) {
        const by = { tenantId, personId, meantFor: restaurant };
        const { id, code, expiresAt } = await database.inTenant(tenantId, (sql) => claimCodes.make(sql, by, now));
        return { id, code, restaurant, expires_at: isoTime(expiresAt) } satisfies z.output<typeof ClaimCodeDto>;
      },
    }),
    route('platform.claim_codes', `GET ${root}/claim-codes`, 'manager', {
      async answer({ person: { tenantId }, now }) {
        const codes = await database.inTenant(tenantId, (sql) => unusedCodes(sql, tenantId, now));
        return codes.map(({ id, meantFor, madeAt, expiresAt, madeBy }): z.output<typeof UnusedCodeDto> => {
          const times = { made_at: isoTime(madeAt), expires_at: isoTime(expiresAt), expired: expiresAt <= now };
          return { id, restaurant: meantFor ?? '', ...times, made_by: madeBy };
        });
      },
    }),
    route('platform.restaurants', `GET ${root}/restaurants`, 'viewer', {
      async answer({ person: { tenantId }, now }) {
        const rows = await database.inTenant(tenantId, (sql) => restaurantsOf(sql, tenantId));
        return rows.map((row) => restaurantDto(row, now));
      },
    }),
    route('platform.restaurant', `GET ${root}/restaurants/:id`, 'viewer', {
      answer: ({ person, params, now }) => one(person.tenantId, idIn(params), now),
    }),
    route('platform.switch', `POST ${root}/restaurants/:id/switch`, 'viewer', {
      body: SwitchRestaurant,
      async answer({ person: { tenantId }, params, body: { previous_context }, now }) {
        const { id, name } = await one(tenantId, idIn(params), now);
        if (previous_context !== null) await one(tenantId, previous_context, now);
        return {
          restaurant_id: id,
          restaurant_name: name,
          switched_at: isoTime(now),
          previous_context,
        } satisfies z.output<typeof SwitchedDto>;
      },
    }),
    route('platform.restaurant_days', `GET ${root}/restaurants/:id/days`, 'viewer', {
      query: DaysQuery,
      async answer({ person: { tenantId }, params, query, now }) {
        insistSpan(query);
        const id = idIn(params);
        const restaurant = await one(tenantId, id, now);
        const days = await database.inTenant(tenantId, (sql) => daysOf(sql, tenantId, id, query.from, query.to));
        return { restaurant, days } satisfies z.output<typeof RestaurantDaysDto>;
      },
    }),
    route('platform.restaurant_menu', `GET ${root}/restaurants/:id/menu`, 'viewer', {
      async answer({ person: { tenantId }, params, now }) {
        const id = idIn(params);
        await one(tenantId, id, now);
        return database.inTenant(tenantId, (sql) =>
          sql.rows<z.output<typeof ProductSeenDto>>(
            `SELECT product_id AS id, name, price_minor, vat_bps, active, seq AS version FROM product_seen
             WHERE tenant_id = $1 AND store_id = $2 ORDER BY name, product_id`,
            [tenantId, id],
          ),
        );
      },
    }),
    route('platform.revoke', `POST ${root}/restaurants/:id/revoke`, 'owner', {
      body: NoFields,
      async answer({ person: { tenantId }, params, now }) {
        const id = idIn(params);
        await database.inTenant(tenantId, (sql) =>
          sql.run('UPDATE store SET revoked_at = $3 WHERE tenant_id = $1 AND store_id = $2 AND revoked_at IS NULL', [
            tenantId,
            id,
            now,
          ]),
        );
        return one(tenantId, id, now);
      },
    }),
    route('platform.commands', `GET ${root}/restaurants/:id/commands`, 'viewer', {
      async answer({ person: { tenantId }, params, now }) {
        const id = idIn(params);
        await one(tenantId, id, now);
        return (await commands.list(tenantId, id)).map((command) => commandDto(command, now));
      },
    }),
    route('platform.issue_command', `POST ${root}/restaurants/:id/commands`, 'manager', {
      body: IssueCommand,
      status: 201,
      async answer({ person, params, body: { input, base_version: baseVersion }, now }) {
        const { product_id: productId, price_minor: priceMinor } = input;
        const wish = { storeId: idIn(params), productId, priceMinor, baseVersion };
        const [issued] = await commands.issue(person, [wish], now);
        if (issued === undefined) throw new Error('a command that was queued cannot be found');
        return commandDto(issued, now);
      },
    }),
    route('platform.issue_price', `POST ${root}/prices`, 'manager', {
      body: IssuePrice,
      status: 201,
      async answer({ person, body: { price_minor: priceMinor, targets }, now }) {
        const wishes = targets.map(({ id, product_id: productId, base_version: baseVersion }) => ({
          storeId: id,
          productId,
          priceMinor,
          baseVersion,
        }));
        return (await commands.issue(person, wishes, now)).map((command) => commandDto(command, now));
      },
    }),
  ];
}

function commandDto(seen: CommandSeen, now: number): z.output<typeof PlatformCommandDto> {
  const waiting = seen.notAfter <= now ? 'late' : seen.sentAt === null ? 'waiting' : 'sent';
  return {
    command_id: seen.commandId,
    restaurant_id: seen.storeId,
    n: seen.n,
    command: seen.command,
    input: seen.input,
    issued_at: isoTime(seen.issuedAt),
    not_after: isoTime(seen.notAfter),
    state: seen.undone ? 'undone' : (seen.outcome ?? waiting),
    problem: seen.problem,
    answered_at: isoTimeOrNull(seen.answeredAt),
  };
}
