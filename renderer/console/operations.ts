import { z } from 'zod';
import { change, read, readList } from '#api/operations/define.ts';
import {
  AddCommissionRule,
  AddPlatformUser,
  AnalyticsDto,
  ChangePlatformUser,
  ClaimCodeDto,
  CommissionDto,
  CommissionRuleDto,
  CommissionWhyDto,
  ComparisonDto,
  DashboardDto,
  DaysQuery,
  IssuePrice,
  MakeClaimCode,
  MonthQuery,
  NoFields,
  PlatformCommandDto,
  PlatformSignedInDto,
  PlatformSignIn,
  PlatformUserDto,
  ProductSeenDto,
  RestaurantDaysDto,
  RestaurantDto,
  SwitchedDto,
  SwitchRestaurant,
  UnusedCodeDto,
} from '#contract/platform.ts';

const root = '/api/v1/platform';
const one = `${root}/restaurants/:id` as const;

/** What the console asks of the relay. test/e2e/console.test.ts holds every handle against the relay's own routes. */
export const auth = {
  signIn: change('auth.login', 'post', '/api/v1/auth/login', { body: PlatformSignIn, answers: PlatformSignedInDto }),
  signOut: change('auth.logout', 'post', '/api/v1/auth/logout', {
    body: NoFields,
    answers: z.object({ signed_out: z.boolean() }),
  }),
};

export const relay = {
  health: read('health.read', '/api/v1/health', { answers: z.object({ status: z.string(), version: z.string() }) }),
};

export const platform = {
  dashboard: read('platform.dashboard', `${root}/dashboard`, { answers: DashboardDto }),
  analytics: read('platform.analytics', `${root}/analytics`, { query: DaysQuery, answers: AnalyticsDto }),
  comparison: read('platform.comparison', `${root}/analytics/restaurants`, {
    query: DaysQuery,
    answers: ComparisonDto,
  }),
  days: read('platform.restaurant_days', `${one}/days`, { query: DaysQuery, answers: RestaurantDaysDto }),
  menu: readList('platform.restaurant_menu', `${one}/menu`, { answers: ProductSeenDto }),
  commands: readList('platform.commands', `${one}/commands`, { answers: PlatformCommandDto }),
  setPrice: change('platform.issue_price', 'post', `${root}/prices`, {
    body: IssuePrice,
    answers: z.array(PlatformCommandDto),
  }),
  switchTo: change('platform.switch', 'post', `${one}/switch`, { body: SwitchRestaurant, answers: SwitchedDto }),
  revoke: change('platform.revoke', 'post', `${one}/revoke`, { body: NoFields, answers: RestaurantDto }),
  unusedCodes: readList('platform.claim_codes', `${root}/claim-codes`, { answers: UnusedCodeDto }),
  claimCode: change('platform.claim_code', 'post', `${root}/claim-codes`, {
    body: MakeClaimCode,
    answers: ClaimCodeDto,
  }),
};

export const commission = {
  read: read('platform.commission', `${root}/commission`, { query: MonthQuery, answers: CommissionDto }),
  why: read('platform.restaurant_commission', `${one}/commission`, { query: MonthQuery, answers: CommissionWhyDto }),
  rules: readList('platform.commission_rules', `${one}/commission-rules`, { answers: CommissionRuleDto }),
  addRule: change('platform.add_commission_rule', 'post', `${root}/commission-rules`, {
    body: AddCommissionRule,
    answers: z.object({ from_day: z.string(), bps: z.int() }),
  }),
};

export const people = {
  list: readList('platform.users', `${root}/users`, { answers: PlatformUserDto }),
  add: change('platform.add_user', 'post', `${root}/users`, { body: AddPlatformUser, answers: PlatformUserDto }),
  change: change('platform.change_user', 'put', `${root}/users/:id`, {
    body: ChangePlatformUser,
    answers: PlatformUserDto,
  }),
};
