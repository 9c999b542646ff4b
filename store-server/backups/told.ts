import type { BackupDto, LastRestoreDto, PlaceDto, PreviewDto, Restored } from '#contract/backups.ts';
import { openToLook } from '../db/backup.ts';
import type { Connection } from '../db/connection.ts';
import { settingsOf, storeIdentity } from '../features/settings/index.ts';
import { factsSince, journalHead, latestFact, recordedAtOf } from '../journal/tail.ts';
import { isoTime, isoTimeOrNull } from '../kernel/dates.ts';
import { minor, toPounds } from '../kernel/money.ts';
import { Problem } from '../kernel/verdict.ts';
import { commonHead } from './common-head.ts';
import type { Manifest } from './manifest.ts';

type Place = PlaceDto['place'];

/** A snapshot as the manager reads of it. */
export function backupDto(manifest: Manifest, places: readonly Place[]): BackupDto {
  const { name, made_at, occasion, bytes, verified_at, trial, business_day, orders_to, orders, head_seq } = manifest;
  return {
    id: name,
    made_at: isoTime(made_at),
    occasion,
    bytes,
    places: [...places],
    verified_at: isoTime(verified_at),
    tried_at: isoTimeOrNull(trial?.at ?? null),
    tried_ok: trial?.ok ?? null,
    contents: { business_day, orders_to, orders, head_seq },
  };
}

/** One row per snapshot, whichever places it lies in, the newest first. */
export function backupRows(own: readonly Manifest[], second: readonly Manifest[]): BackupDto[] {
  const inSecond = new Set(second.map(({ name }) => name));
  const inOwn = new Set(own.map(({ name }) => name));
  return [...own, ...second.filter(({ name }) => !inOwn.has(name))]
    .sort((a, b) => b.made_at - a.made_at)
    .map((manifest) => {
      const places: Place[] = inOwn.has(manifest.name) ? ['own'] : [];
      return backupDto(manifest, inSecond.has(manifest.name) ? [...places, 'second'] : places);
    });
}

/** The last time that this store went on from an earlier state; null when it never did. */
export function lastRestore(connection: Connection): LastRestoreDto | null {
  const { id } = storeIdentity(connection);
  const fact = latestFact(connection, id, 'store.restored');
  if (fact === undefined || fact.body === null) return null;
  const restored = JSON.parse(fact.body) as Restored;
  const seen = latestFact(connection, id, 'store.restore_seen');
  const isThis = seen?.body != null && (JSON.parse(seen.body) as { epoch: string }).epoch === restored.epoch;
  return { ...restored, at: isoTime(fact.recordedAt), seen_at: isThis ? isoTime(seen.recordedAt) : null };
}

/** Up to which entry the database and a backup tell the same story: it may be of a history that was left behind. */
function commonWith(connection: Connection, backup: string): number {
  let found: Connection | null = null;
  try {
    found = openToLook(backup);
    return commonHead(connection, found);
  } catch {
    throw new Problem('BACKUP_DAMAGED');
  } finally {
    found?.sqlite.close();
  }
}

const countOf = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What a person would have to change again, by the kinds of facts that tell of it. */
const areas: readonly (readonly [prefix: RegExp, name: string])[] = [
  [/^(menu|stock)\./, 'the menu'],
  [/^settings\./, 'the settings'],
  [/^staff\.(added|changed)/, 'the staff'],
  [/^(printer\.(added|changed|removed|restored)|station\.)/, 'the printers'],
  [/^floor\./, 'the floor'],
  [/^device\.(registered|revoked)/, 'the devices'],
  [/^(shift|till)\./, 'the cash sessions'],
];

const inWords = new Intl.ListFormat('en-GB');

/**
 * What would be undone by going back to a snapshot.
 * @param backup its file
 * @throws Problem BACKUP_DAMAGED when that cannot be read
 */
export function previewOf(connection: Connection, manifest: Manifest, backup: string): PreviewDto {
  const from = commonWith(connection, backup);
  const head = journalHead(connection).seq;
  const lost = factsSince(connection, from);
  const orders = lost.get('order.opened')?.count ?? 0;
  const payments = lost.get('payment.recorded') ?? { count: 0, amountMinor: 0 };
  const kinds = [...lost.keys()].filter((kind) => !kind.startsWith('backup.'));
  const changed = areas.flatMap(([prefix, name]) => (kinds.some((kind) => prefix.test(kind)) ? [name] : []));
  const changes = inWords.format(changed);
  const sentence =
    kinds.length === 0
      ? 'Nothing has happened since; nothing would be lost.'
      : orders + payments.count === 0
        ? `No order and no payment was made since; you will lose ${changes === '' ? 'what else was recorded' : `changes to ${changes}`}.`
        : `You will lose ${countOf(orders, 'order')} and ${countOf(payments.count, 'payment')} made since.${changes === '' ? '' : ` Changes to ${changes} go too.`}`;
  return {
    id: manifest.name,
    restaurant: settingsOf(connection).restaurant.name,
    made_at: isoTime(manifest.made_at),
    lost: {
      entries: head - from,
      orders,
      payments: payments.count,
      payments_amount: toPounds(minor(payments.amountMinor)),
      refunds: lost.get('refund.recorded')?.count ?? 0,
      first_at: isoTimeOrNull(head > from ? (recordedAtOf(connection, from + 1) ?? null) : null),
      last_at: isoTimeOrNull(head > from ? (recordedAtOf(connection, head) ?? null) : null),
    },
    sentence,
  };
}
