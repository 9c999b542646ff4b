import { z } from 'zod';
import { CalendarDay } from './calendar-day.ts';

/** What the platform owner's console asks of the cloud relay, and what it hears. Money in minor units, times ISO 8601. */

const Id = z.uuid('has to be a uuid');
const Minor = z.int();
const Count = z.int().min(0);

export const platformRoles = ['owner', 'manager', 'viewer'] as const;

export const PlatformSignIn = z.object({
  email: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(200),
});
export const PlatformRefresh = z.strictObject({ refresh_token: z.string().min(1).max(200) });

export const PlatformUserDto = z.object({
  id: Id,
  email: z.string(),
  name: z.string(),
  role: z.enum(platformRoles),
  platform_id: Id,
  is_active: z.boolean(),
});
export const PlatformSignedInDto = z.object({
  access_token: z.string(),
  token_type: z.literal('bearer'),
  /** Seconds. */
  expires_in: z.int(),
  refresh_token: z.string(),
  user: PlatformUserDto,
});

export const NoFields = z.strictObject({});
/** Which restaurant the code is for, in the owner's words; it joins under the name that it has itself. */
export const MakeClaimCode = z.strictObject({ restaurant: z.string().trim().max(100).default('') });
/** `id` finds the code again among the unused ones; nobody can join with it. */
export const ClaimCodeDto = z.object({
  id: z.string(),
  code: z.string(),
  restaurant: z.string(),
  expires_at: z.string(),
});
/** A code that nobody has used: one that still can be, or one of last week. Its words are shown once, when it is made. */
export const UnusedCodeDto = z.object({
  id: z.string(),
  restaurant: z.string(),
  made_at: z.string(),
  expires_at: z.string(),
  /** It opens no door any more: a new one has to be made. */
  expired: z.boolean(),
  /** Null for one that the relay made itself when it started. */
  made_by: z.string().nullable(),
});

/** `live`: heard within ten seconds. `quiet`: within ten minutes. `silent`: longer. `never`: joined only. */
export const freshness = ['live', 'quiet', 'silent', 'never', 'revoked'] as const;

export const RestaurantDto = z.object({
  id: Id,
  restaurant_id: Id,
  name: z.string(),
  version: z.string(),
  joined_at: z.string(),
  revoked_at: z.string().nullable(),
  freshness: z.enum(freshness),
  /** The store's own word about this moment; null before the first. `age_ms` is how old it is. */
  live: z
    .object({
      age_ms: z.int(),
      business_day: z.string(),
      currency: z.string(),
      sales_minor: Minor,
      refunds_minor: Minor,
      orders_settled: Count,
      orders_open: Count,
      open_minor: Minor,
      covers: Count,
      printers_waiting: Count,
    })
    .nullable(),
  /** How far the detail has come: entries held, entries still to come, and when the last one held was recorded. */
  detail: z.object({
    acked_seq: Count,
    backlog: Count,
    complete_to: z.string().nullable(),
    /** Facts of kinds that this relay cannot read yet; kept, and read later. */
    unread_facts: Count,
    /** Entries of histories that a restored store has left behind. */
    orphaned_entries: Count,
    /** Closed days whose figures differ from what the entries add up to. */
    days_in_doubt: Count,
  }),
  /** How the store’s computer is, by its last word; null before the first. What an older store does not tell is null. */
  health: z
    .object({
      /** How far its clock is ahead of the relay’s; negative when it is behind. */
      clock_ahead_ms: z.int(),
      /** Whose clock the restaurant goes by: Europe/London. */
      time_zone: z.string().nullable(),
      /** True while it can write nothing and so takes no orders. */
      read_only: z.boolean().nullable(),
      devices: z.object({ connected: Count, registered: Count }).nullable(),
      /** Printers that are set up; `live.printers_waiting` of them have paper waiting. */
      printers: Count.nullable(),
      backup: z
        .object({
          /** The newest snapshot; null when there is none. */
          made_at: z.string().nullable(),
          /** Since when something has happened that no snapshot holds. */
          waiting_since: z.string().nullable(),
          /** Why the last one failed. */
          problem: z.string().nullable(),
        })
        .nullable(),
      disk_free_bytes: Count.nullable(),
    })
    .nullable(),
});

/** Looking at one restaurant: nothing is stored, the device remembers it. `previous_context` is what it looked at before. */
export const SwitchRestaurant = z.strictObject({ previous_context: Id.nullable().default(null) });
export const SwitchedDto = z.object({
  restaurant_id: Id,
  restaurant_name: z.string(),
  switched_at: z.string(),
  previous_context: Id.nullable(),
});

const Figures = {
  orders: Count,
  covers: Count,
  sales_minor: Minor,
  /** After refunds. */
  vat_minor: Minor,
  service_minor: Minor,
  refunds_minor: Minor,
  refund_count: Count,
  tips_minor: Minor,
};

export const DayDto = z.object({
  business_day: z.string(),
  ...Figures,
  currency: z.string().nullable(),
  tenders: z.array(
    z.object({ method: z.string(), payments: Count, taken_minor: Minor, tip_minor: Minor, refunded_minor: Minor }),
  ),
  /** What the store said when it closed the day; null while it runs. */
  sealed: z
    .object({ at: z.string(), sales_minor: Minor, vat_minor: Minor, service_minor: Minor, discounts_minor: Minor })
    .nullable(),
  /** Whether the entries add up to what was sealed; null while the day runs. */
  agrees: z.boolean().nullable(),
});

/** Portfolio sums are apart for each currency: pounds and euros are never added up. */
export const DashboardDto = z.object({
  generated_at: z.string(),
  restaurants: z.array(RestaurantDto.extend({ today: DayDto.nullable() })),
  totals: z.array(
    z.object({
      currency: z.string(),
      restaurants: Count,
      /** By the stores' own word, which is at most seconds behind. */
      live: z.object({ sales_minor: Minor, orders_settled: Count, orders_open: Count, open_minor: Minor }),
      /** By the entries that have come. */
      detail: z.object({ sales_minor: Minor, orders: Count }),
    }),
  ),
  /** Worst first: whatever needs somebody's attention, since when where that is known, and what to do about it. */
  attention: z.array(
    z.object({
      id: Id,
      name: z.string(),
      /** Whether the restaurant cannot do its work, or money is in doubt. */
      urgent: z.boolean(),
      reason: z.string(),
      advice: z.string(),
      since: z.string().nullable(),
    }),
  ),
});

export const DaysQuery = z.object({ from: CalendarDay, to: CalendarDay });
export const RestaurantDaysDto = z.object({ restaurant: RestaurantDto, days: z.array(DayDto) });
export const AnalyticsDto = z.object({
  from: z.string(),
  to: z.string(),
  /** Each restaurant's days together, best first. */
  restaurants: z.array(
    z.object({ id: Id, name: z.string(), currency: z.string().nullable(), days: Count, ...Figures }),
  ),
  /** Each day over all restaurants of a currency. */
  days: z.array(z.object({ business_day: z.string(), currency: z.string().nullable(), ...Figures })),
});

/** One restaurant beside the others, day by day; and against the same span before, over closed days that both have. */
const Growth = { days: Count, sales_minor: Minor, before_minor: Minor };
export const ComparisonDto = z.object({
  from: z.string(),
  to: z.string(),
  /** Best first, apart for each currency; at most sixty. */
  restaurants: z.array(
    z.object({
      id: Id,
      name: z.string(),
      currency: z.string().nullable(),
      sales_minor: Minor,
      /** The first day on which it did anything, ever: what is before it is not missing. */
      first_day: z.string(),
      days: z.array(z.object({ business_day: z.string(), sales_minor: Minor })),
      /** Null where no closed day has one to be compared with. */
      growth: z.object(Growth).nullable(),
    }),
  ),
  /** Restaurants that sold something and have no place among the sixty. */
  left_out: Count,
  /** Of all restaurants, those left out too. */
  growth: z.array(z.object({ currency: z.string(), restaurants: Count, ...Growth })),
});

export const ProductSeenDto = z.object({
  id: Id,
  name: z.string(),
  price_minor: Minor,
  vat_bps: z.int(),
  active: z.boolean(),
  /** To be given back as `base_version` when it is changed. */
  version: Count,
});

const Price = z.int().min(0).max(100_000_000);
/** The `version` under which whoever asks saw the product: changed since, the store refuses. */
const BaseVersion = z.int().min(0).optional();

/** A command for one restaurant. A new price is the only one so far. */
export const IssueCommand = z.strictObject({
  command: z.literal('menu.change_product'),
  input: z.strictObject({ product_id: Id, price_minor: Price }),
  base_version: BaseVersion,
});
/** One price for several restaurants at once; each has an id of its own for the dish. All are queued, or none. */
export const IssuePrice = z.strictObject({
  price_minor: Price,
  targets: z
    .array(z.strictObject({ id: Id, product_id: Id, base_version: BaseVersion }))
    .min(1)
    .max(200),
});

export const PlatformCommandDto = z.object({
  command_id: Id,
  restaurant_id: Id,
  n: z.int(),
  command: z.string(),
  input: z.record(z.string(), z.unknown()),
  issued_at: z.string(),
  not_after: z.string(),
  /**
   * `waiting` until the store has fetched it, `sent` until it answered, `late` when it can no longer be taken, `undone`
   * when it was done and the store was then restored to a moment before that.
   */
  state: z.enum(['waiting', 'sent', 'late', 'applied', 'duplicate', 'refused', 'undone']),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  answered_at: z.string().nullable(),
});

const Month = z.string().regex(/^(?!0000)\d{4}-(0[1-9]|1[0-2])$/, 'has to be a month such as 2025-06');
/** Basis points: 250 is 2.5 %. */
const Bps = z.int().min(0).max(10_000);

/** The same rule for one restaurant or several. It holds from its day on, and is never changed. */
export const AddCommissionRule = z.strictObject({
  restaurants: z.array(Id).min(1).max(200),
  from_day: CalendarDay,
  bps: Bps,
});
export const CommissionRuleDto = z.object({ from_day: z.string(), bps: z.int(), made_at: z.string() });
export const MonthQuery = z.object({ month: Month });

/** What one restaurant owes for one month. `base_minor` is sales after refunds, without VAT and tips. */
export const CommissionStatementDto = z.object({
  id: Id,
  name: z.string(),
  month: z.string(),
  currency: z.string().nullable(),
  base_minor: Minor,
  commission_minor: Minor,
  /** One line for each rule that held in the month, rounded once; without a rule nothing is owed. */
  lines: z.array(
    z.object({
      from_day: z.string().nullable(),
      bps: z.int(),
      days: Count,
      base_minor: Minor,
      commission_minor: Minor,
    }),
  ),
  days: z.array(z.object({ business_day: z.string(), base_minor: Minor, bps: z.int() })),
  /** Nothing can change it any more: the month is over, and every day in it is closed and adds up. */
  final: z.boolean(),
});
/** The same for one restaurant, with what each day's base was made of: sales − refunds − VAT. */
export const CommissionWhyDto = CommissionStatementDto.extend({
  days: z.array(
    z.object({
      business_day: z.string(),
      orders: Count,
      sales_minor: Minor,
      refunds_minor: Minor,
      vat_minor: Minor,
      base_minor: Minor,
      bps: z.int(),
      /** Whether the day is closed and adds up to what the store sealed; null while it runs. */
      agrees: z.boolean().nullable(),
    }),
  ),
});
export const CommissionDto = z.object({
  month: z.string(),
  statements: z.array(CommissionStatementDto),
  totals: z.array(z.object({ currency: z.string(), base_minor: Minor, commission_minor: Minor })),
});

const Email = z
  .string()
  .trim()
  .max(200)
  .transform((text) => text.toLowerCase())
  .pipe(z.email('has to be an e-mail address'));
const NewPassword = z.string().min(8).max(200);
const PersonName = z.string().trim().min(1).max(100);
export const AddPlatformUser = z.strictObject({
  email: Email,
  name: PersonName,
  role: z.enum(platformRoles),
  password: NewPassword,
});
export const ChangePlatformUser = z.strictObject({
  name: PersonName.optional(),
  role: z.enum(platformRoles).optional(),
  is_active: z.boolean().optional(),
  /** A new password, or no longer being active, ends whatever sign-ins the person has. */
  password: NewPassword.optional(),
});
