import type { z } from 'zod';
import type { DashboardDto } from '#contract/platform.ts';
import { isoTime } from '../../store-server/kernel/dates.ts';
import { backlogOf, freshnessOf, type RestaurantRow } from './restaurants.ts';

type Attention = z.output<typeof DashboardDto>['attention'];

interface Concern {
  /** The restaurant cannot do its work, or money is in doubt. */
  readonly urgent: boolean;
  holds(row: RestaurantRow, now: number): boolean;
  says(row: RestaurantRow, now: number): string;
  /** What somebody can do about it. */
  readonly advice: string;
  /** Epoch ms since when, where that is known. */
  since?(row: RestaurantRow): number | null;
}

const FAR_BEHIND = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const CLOCK_OFF_MS = 2 * MINUTE_MS;
const LITTLE_ROOM = 1_000_000_000;

const backupOf = ({ live }: RestaurantRow) => live?.health?.backup;
const freeOf = ({ live }: RestaurantRow) => live?.health?.disk_free_bytes ?? null;
/** Positive when the store's clock is ahead of ours; ms. */
const aheadOf = ({ live, heardAt }: RestaurantRow): number =>
  live === null || heardAt === null ? 0 : live.at - heardAt;

const long = (ms: number): string => {
  const [size, word] =
    ms >= 2 * DAY_MS ? [DAY_MS, 'day'] : ms >= 2 * HOUR_MS ? [HOUR_MS, 'hour'] : [MINUTE_MS, 'minute'];
  const count = Math.floor(ms / size);
  return `${count} ${word}${count === 1 ? '' : 's'}`;
};

/**
 * Why somebody should look at a restaurant, the worst first: one that traded and fell silent may have lost its server,
 * one that cannot write takes no orders, figures that disagree are money, paper that waits is food that nobody cooks.
 * Then what goes wrong later if nobody acts; one never heard of is still being set up.
 */
const concerns: readonly Concern[] = [
  {
    urgent: true,
    holds: (row, now) => freshnessOf(row, now) === 'silent',
    says: ({ heardAt }, now) =>
      `It has not been heard of for ${Math.floor((now - (heardAt ?? now)) / MINUTE_MS)} minutes.`,
    advice: 'Call the restaurant: are the store’s PC and its internet on?',
    since: ({ heardAt }) => heardAt,
  },
  {
    urgent: true,
    holds: ({ live }) => live?.health?.read_only === true,
    says: () => 'It can write nothing, so it takes no orders.',
    advice: 'Call the restaurant: make room on the disk of the store’s PC.',
  },
  {
    urgent: true,
    holds: ({ doubtful }) => doubtful > 0,
    says: () => 'A closed day differs from what its entries add up to.',
    advice: 'Open it: the day in doubt is marked among its last days.',
  },
  {
    urgent: false,
    holds: ({ live }) => (live?.printers_waiting ?? 0) > 0,
    says: () => 'Paper is waiting at a printer.',
    advice: 'Ask the manager: does the printer have paper, and is it on?',
  },
  {
    urgent: false,
    holds: (row) => (freeOf(row) ?? Number.POSITIVE_INFINITY) < LITTLE_ROOM,
    says: (row) => `Its disk is nearly full: ${Math.floor((freeOf(row) ?? 0) / 1_000_000)} MB are left.`,
    advice: 'Ask the manager to make room on the store’s PC; when it is full, no orders are taken.',
  },
  {
    urgent: false,
    holds: (row) => typeof backupOf(row)?.problem === 'string',
    says: (row) => `Its last backup failed: ${backupOf(row)?.problem}`,
    advice: 'Ask the manager to look at Backups in the store’s window.',
  },
  {
    urgent: false,
    // A restaurant in which nothing has happened since has nothing to save; one that has just begun saves soon.
    holds(row, now) {
      const { made_at: madeAt, waiting_since: since } = backupOf(row) ?? { made_at: null, waiting_since: null };
      return since !== null && now - since > HOUR_MS && now - (madeAt ?? since) > DAY_MS;
    },
    says(row, now) {
      const madeAt = backupOf(row)?.made_at ?? null;
      return madeAt === null ? 'It has no backup.' : `Its last backup is ${long(now - madeAt)} old.`;
    },
    advice: 'Ask the manager to look at Backups in the store’s window.',
    since: (row) => backupOf(row)?.made_at ?? null,
  },
  {
    urgent: false,
    holds: (row) => Math.abs(aheadOf(row)) > CLOCK_OFF_MS,
    says: (row) => `Its clock is ${long(Math.abs(aheadOf(row)))} ${aheadOf(row) > 0 ? 'ahead' : 'behind'}.`,
    advice: 'Ask the manager to let the store’s PC set its clock by itself.',
  },
  {
    urgent: false,
    holds: ({ heardAt }) => heardAt === null,
    says: () => 'It has joined and has not been heard of since.',
    advice: 'Ask whoever sets it up: is the store server running?',
    since: ({ joinedAt }) => joinedAt,
  },
  {
    urgent: false,
    holds: (row) => backlogOf(row) > FAR_BEHIND,
    says: (row) => `Its detail is ${backlogOf(row)} entries behind.`,
    advice: 'Wait a while: what it says of itself is of this moment all the same.',
  },
];

/** The restaurants that need somebody, the worst first, each with its worst reason in a sentence; by name among equals. */
export function attentionOf(rows: readonly RestaurantRow[], now: number): Attention {
  const standing = rows.filter(({ revokedAt }) => revokedAt === null);
  const worst = new Map(standing.map((row) => [row, concerns.findIndex(({ holds }) => holds(row, now))]));
  return concerns.flatMap(({ urgent, says, advice, since }, rank) =>
    standing
      .filter((row) => worst.get(row) === rank)
      .map((row) => {
        const at = since?.(row) ?? null;
        const reason = says(row, now);
        return { id: row.id, name: row.name, urgent, reason, advice, since: at === null ? null : isoTime(at) };
      }),
  );
}
