import { ageOf } from '#ui/format.ts';
import type { Level } from '#ui/signs.tsx';
import { isOld, progressLevels, progressOf, progressText, type Restaurant } from '../restaurants/restaurants.rules.ts';
import { texts } from './health.texts.ts';

/** What stands in one cell of the matrix: a word on its level, and what there is to say beneath. */
interface Cell {
  readonly name: string;
  readonly level: Level;
  readonly word: string;
  readonly small: readonly string[];
}

type Shown = Omit<Cell, 'name'>;
const cell = (level: Level, word: string, ...small: string[]): Shown => ({ level, word, small });
const unknown = cell('neutral', texts.unknown);
const notTold = cell('neutral', texts.notTold);

/** Beyond these the relay too says that somebody should look. */
const FAR_BEHIND = 1_000;
const CLOCK_OFF_MS = 120_000;
const CLOCK_RIGHT_MS = 10_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LITTLE_ROOM = 1_000_000_000;
const SOME_ROOM = 5_000_000_000;

const number = (value: number): string => value.toLocaleString('en-GB');

function roomOf(bytes: number): string {
  if (bytes < 1_000_000_000) return `${Math.floor(bytes / 1_000_000)} MB`;
  const gigabytes = bytes / 1_000_000_000;
  return `${number(gigabytes < 10 ? Math.floor(gigabytes * 10) / 10 : Math.floor(gigabytes))} GB`;
}

function devicesOf({ health }: Restaurant): Shown {
  const words = texts.devices;
  if (!health?.devices) return notTold;
  const { connected, registered } = health.devices;
  if (registered === 0) return cell('neutral', words.none);
  return connected === registered
    ? cell('ok', words.all(registered))
    : cell('info', words.some(connected, registered), words.away);
}

function printersOf({ live, health }: Restaurant): Shown {
  const words = texts.printers;
  const waiting = live?.printers_waiting ?? 0;
  const all = health?.printers ?? null;
  if (waiting > 0) return cell('warn', words.waiting, words.at(waiting, all));
  if (all === 0) return cell('neutral', words.none);
  return cell('ok', words.clear, ...(all === null ? [] : [words.all(all)]));
}

function detailOf(one: Restaurant, timeOf: (moment: string) => string): Shown {
  const progress = progressOf(one);
  const level = progress === 'behind' && one.detail.backlog > FAR_BEHIND ? 'warn' : progressLevels[progress];
  const to = one.detail.complete_to;
  return cell(level, progressText(one), ...(to === null ? [] : [texts.completeTo(timeOf(to))]));
}

function backupOf({ health }: Restaurant, now: number): Shown {
  const words = texts.backup;
  if (!health?.backup) return notTold;
  const { made_at, waiting_since, problem } = health.backup;
  if (problem !== null) return cell('warn', words.failed, problem);
  const waited = waiting_since === null ? null : now - Date.parse(waiting_since);
  const age = made_at === null ? waited : now - Date.parse(made_at);
  // One that was closed for days and has just begun again saves soon.
  const isLate = waited !== null && waited > HOUR_MS && age !== null && age > DAY_MS;
  if (made_at === null || age === null) return cell(isLate ? 'warn' : waited === null ? 'neutral' : 'info', words.none);
  const word = age < 60_000 ? words.fresh : words.old(ageOf(Date.parse(made_at), now));
  if (isLate) return cell('warn', word);
  return waited === null && age >= DAY_MS ? cell('ok', word, words.nothingNew) : cell('ok', word);
}

function diskOf({ health }: Restaurant): Shown {
  const words = texts.disk;
  const free = health?.disk_free_bytes ?? null;
  if (health?.read_only) return cell('bad', words.full, words.noOrders);
  if (free === null) return notTold;
  return cell(free < LITTLE_ROOM ? 'bad' : free < SOME_ROOM ? 'warn' : 'ok', words.free(roomOf(free)));
}

function clockOf({ health }: Restaurant): Shown {
  const words = texts.clock;
  const by = health?.clock_ahead_ms ?? 0;
  const apart = Math.abs(by);
  if (apart <= CLOCK_RIGHT_MS) return cell('ok', words.right);
  const size = apart < 60_000 ? words.seconds(Math.round(apart / 1_000)) : ageOf(0, apart);
  return cell(apart > CLOCK_OFF_MS ? 'warn' : 'info', by > 0 ? words.ahead(size) : words.behind(size));
}

function figuresOf(one: Restaurant): Shown {
  const words = texts.figures;
  const { days_in_doubt, unread_facts, orphaned_entries } = one.detail;
  const small = [
    ...(unread_facts === 0 ? [] : [words.unread(number(unread_facts))]),
    ...(orphaned_entries === 0 ? [] : [words.left(number(orphaned_entries))]),
  ];
  if (days_in_doubt > 0) return cell('bad', words.differ(days_in_doubt), ...small);
  return progressOf(one) === 'nothing' ? cell('neutral', words.none) : cell('ok', words.fine, ...small);
}

/**
 * How one store is, cell by cell. Of a silent one some things are not known any more, and the others are as they were
 * when it was heard last.
 */
export function cellsOf(one: Restaurant, now: number, timeOf: (moment: string) => string): readonly Cell[] {
  const old = isOld(one);
  const ofNow = (shown: Shown): Shown => (one.live === null || old ? unknown : shown);
  const asThen = (shown: Shown): Shown => (old && shown.level === 'ok' ? { ...shown, level: 'neutral' } : shown);
  const lastKnown = (shown: Shown): Shown => (one.live === null ? unknown : asThen(shown));
  const { columns } = texts;
  return [
    { name: columns.devices, ...ofNow(devicesOf(one)) },
    { name: columns.printers, ...ofNow(printersOf(one)) },
    { name: columns.detail, ...asThen(detailOf(one, timeOf)) },
    { name: columns.backup, ...lastKnown(backupOf(one, now)) },
    { name: columns.disk, ...lastKnown(diskOf(one)) },
    { name: columns.clock, ...ofNow(clockOf(one)) },
    { name: columns.figures, ...figuresOf(one) },
  ];
}
