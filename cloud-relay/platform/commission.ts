import type { z } from 'zod';
import type { CommissionDto, CommissionStatementDto, CommissionWhyDto } from '#contract/platform.ts';
import { addDays } from '../../store-server/kernel/business-day.ts';
import { isoTime } from '../../store-server/kernel/dates.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Database, Sql } from '../db/database.ts';
import type { Person } from '../http/route.ts';
import { commissionOf, type DayBase, type Rule } from './commission.rules.ts';

type Statement = z.output<typeof CommissionStatementDto>;

interface RuleRow extends Rule {
  readonly storeId: string;
  readonly madeAt: number;
}

const rulesOf = (sql: Sql, tenantId: string, storeId: string | null): Promise<RuleRow[]> =>
  sql.rows<RuleRow>(
    `SELECT store_id AS "storeId", from_day AS "fromDay", bps, made_at AS "madeAt" FROM commission_rule
     WHERE tenant_id = $1 AND ($2::uuid IS NULL OR store_id = $2) ORDER BY store_id, from_day`,
    [tenantId, storeId],
  );

interface BaseRow extends DayBase {
  readonly storeId: string;
  readonly currency: string | null;
  readonly agrees: boolean | null;
  readonly orders: number;
  readonly salesMinor: number;
  readonly refundsMinor: number;
  readonly vatMinor: number;
}

/** What commission is reckoned from, day by day: sales after refunds, without VAT; tips were never in them. */
const basesOf = (sql: Sql, tenantId: string, storeId: string | null, from: string, to: string): Promise<BaseRow[]> =>
  sql.rows<BaseRow>(
    `SELECT store_id AS "storeId", business_day AS day, currency, agrees, orders, sales_minor AS "salesMinor",
       refunds_minor AS "refundsMinor", vat_minor AS "vatMinor", sales_minor - refunds_minor - vat_minor AS "baseMinor"
     FROM day_total WHERE tenant_id = $1 AND ($2::uuid IS NULL OR store_id = $2) AND business_day BETWEEN $3 AND $4
     ORDER BY store_id, business_day`,
    [tenantId, storeId, from, to],
  );

/**
 * Adds a rule to restaurants, to all of them or none. A restaurant's first may reach back; from then on a rule begins
 * after the one before it and not in the past, since a statement that somebody has read stands.
 * @throws Problem NOT_FOUND for a restaurant that is not the asker's, CONFLICT
 */
export function addRule(
  database: Database,
  { tenantId, personId }: Person,
  rule: { restaurants: readonly string[]; from_day: string; bps: number },
  now: number,
): Promise<void> {
  const today = isoTime(now).slice(0, 10);
  return database.inTenant(tenantId, async (sql) => {
    for (const storeId of [...new Set(rule.restaurants)].sort()) {
      const store = await sql.one('SELECT store_id FROM store WHERE tenant_id = $1 AND store_id = $2 FOR UPDATE', [
        tenantId,
        storeId,
      ]);
      if (store === undefined) throw new Problem('NOT_FOUND', { field: 'restaurants' });
      const last = (await rulesOf(sql, tenantId, storeId)).at(-1);
      if (last !== undefined && (rule.from_day <= last.fromDay || rule.from_day < today))
        throw new Problem('CONFLICT', {
          field: 'from_day',
          restaurant: storeId,
          holds_from: last.fromDay,
          reason: `A rule holds from ${last.fromDay} on. The next one begins after that day, and not in the past.`,
        });
      await sql.run(
        'INSERT INTO commission_rule (tenant_id, store_id, from_day, bps, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)',
        [tenantId, storeId, rule.from_day, rule.bps, personId, now],
      );
    }
  });
}

/**
 * The rules of one restaurant, the oldest first.
 * @throws Problem NOT_FOUND for a restaurant that is not the tenant's
 */
export const rulesSeen = (database: Database, tenantId: string, storeId: string) =>
  database.inTenant(tenantId, async (sql) => {
    const store = await sql.one('SELECT store_id FROM store WHERE tenant_id = $1 AND store_id = $2', [
      tenantId,
      storeId,
    ]);
    if (store === undefined) throw new Problem('NOT_FOUND', { field: 'id' });
    return (await rulesOf(sql, tenantId, storeId)).map(({ fromDay, bps, madeAt }) => ({
      from_day: fromDay,
      bps,
      made_at: isoTime(madeAt),
    }));
  });

interface Asked {
  readonly month: string;
  readonly storeId?: string | null;
}

/** What every restaurant of a tenant owes for a month, or the one of `storeId`. */
export async function commission(
  database: Database,
  tenantId: string,
  asked: Asked,
  now: number,
): Promise<z.output<typeof CommissionDto>> {
  const statements = (await reckoned(database, tenantId, asked, now)).map(({ statement }) => statement);
  return { month: asked.month, statements, totals: totalsOf(statements) };
}

/**
 * What one restaurant owes for a month, with what each day's base was made of.
 * @throws Problem NOT_FOUND for a restaurant that is not the tenant's
 */
export async function commissionWhy(
  database: Database,
  tenantId: string,
  asked: Asked & { readonly storeId: string },
  now: number,
): Promise<z.output<typeof CommissionWhyDto>> {
  const [found] = await reckoned(database, tenantId, asked, now);
  if (found === undefined) throw new Problem('NOT_FOUND', { field: 'id' });
  const { statement, bases } = found;
  const figures = new Map(bases.map((base) => [base.day, base]));
  const days = statement.days.flatMap((day) => {
    const base = figures.get(day.business_day);
    if (base === undefined) return [];
    const { orders, salesMinor: sales_minor, refundsMinor: refunds_minor, vatMinor: vat_minor, agrees } = base;
    return [{ ...day, orders, sales_minor, refunds_minor, vat_minor, agrees }];
  });
  return { ...statement, days };
}

/** Each restaurant's statement beside the days that it was reckoned from. */
function reckoned(
  database: Database,
  tenantId: string,
  { month, storeId = null }: Asked,
  now: number,
): Promise<{ statement: Statement; bases: BaseRow[] }[]> {
  const first = `${month}-01`;
  const last = addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1);
  // A store may be half a day ahead of us or behind, and its day ends in the morning.
  const over = isoTime(now).slice(0, 10) > addDays(last, 2);
  return database.inTenant(tenantId, async (sql) => {
    const stores = await sql.rows<{ id: string; name: string }>(
      `SELECT store_id AS id, name FROM store WHERE tenant_id = $1 AND ($2::uuid IS NULL OR store_id = $2)
       ORDER BY name, store_id`,
      [tenantId, storeId],
    );
    const rules = Map.groupBy(await rulesOf(sql, tenantId, storeId), (rule) => rule.storeId);
    const days = Map.groupBy(await basesOf(sql, tenantId, storeId, first, last), (day) => day.storeId);
    return stores.map(({ id, name }) => {
      const bases = days.get(id) ?? [];
      const statement: Statement = {
        id,
        name,
        month,
        currency: bases.find(({ currency }) => currency !== null)?.currency ?? null,
        ...commissionOf(rules.get(id) ?? [], bases),
        final: over && bases.every(({ agrees }) => agrees === true),
      };
      return { statement, bases };
    });
  });
}

const totalsOf = (statements: readonly Statement[]): z.output<typeof CommissionDto>['totals'] =>
  [...Map.groupBy(statements, ({ currency }) => currency)].flatMap(([currency, own]) =>
    currency === null
      ? []
      : [
          {
            currency,
            base_minor: own.reduce((sum, { base_minor }) => sum + base_minor, 0),
            commission_minor: own.reduce((sum, { commission_minor }) => sum + commission_minor, 0),
          },
        ],
  );
