import type { z } from 'zod';
import { AddCommissionRule, type CommissionRuleDto, MonthQuery } from '#contract/platform.ts';
import type { Database } from '../db/database.ts';
import { type Route, route } from '../http/route.ts';
import { addRule, commission, commissionWhy, rulesSeen } from './commission.ts';
import { idIn } from './restaurants.ts';

const root = '/api/v1/platform';

/** Rules with their history, and statements by restaurant and month. */
export const commissionRoutes = (database: Database): Route[] => [
  route('platform.commission', `GET ${root}/commission`, 'viewer', {
    query: MonthQuery,
    answer: ({ person, query, now }) => commission(database, person.tenantId, query, now),
  }),
  route('platform.restaurant_commission', `GET ${root}/restaurants/:id/commission`, 'viewer', {
    query: MonthQuery,
    answer: ({ person, params, query, now }) =>
      commissionWhy(database, person.tenantId, { ...query, storeId: idIn(params) }, now),
  }),
  route('platform.commission_rules', `GET ${root}/restaurants/:id/commission-rules`, 'viewer', {
    answer: ({ person, params }): Promise<z.output<typeof CommissionRuleDto>[]> =>
      rulesSeen(database, person.tenantId, idIn(params)),
  }),
  route('platform.add_commission_rule', `POST ${root}/commission-rules`, 'owner', {
    body: AddCommissionRule,
    status: 201,
    async answer({ person, body, now }) {
      await addRule(database, person, body, now);
      return { from_day: body.from_day, bps: body.bps, restaurants: body.restaurants };
    },
  }),
];
