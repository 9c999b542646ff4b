/** An instant as clients read it: UTC, ISO 8601, milliseconds, with `Z` (without it browsers read local time). */
export const isoTime = (epochMs: number): string => new Date(epochMs).toISOString();

/** The same for an instant that may not have come yet. */
export const isoTimeOrNull = (epochMs: number | null): string | null => (epochMs === null ? null : isoTime(epochMs));

const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const forms = {
  clock,
  date: { day: '2-digit', month: '2-digit', year: 'numeric' },
  words: { day: 'numeric', month: 'short', year: 'numeric', ...clock },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formatters = new Map<string, Intl.DateTimeFormat>();
const latest = {
  clock: { minute: Number.NaN, zone: '', words: '' },
  date: { minute: Number.NaN, zone: '', words: '' },
  words: { minute: Number.NaN, zone: '', words: '' },
};

function format(ms: number, zone: string, kind: keyof typeof latest): string {
  // All slips of one order show the same minute, and the next order's mostly too. Zones differ by whole minutes.
  const minute = Math.floor(ms / 60_000);
  if (latest[kind].minute !== minute || latest[kind].zone !== zone) {
    latest[kind] = { minute, zone, words: formatted(ms, zone, kind) };
  }
  return latest[kind].words;
}

function formatted(ms: number, zone: string, kind: keyof typeof latest): string {
  const key = `${kind} ${zone}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...forms[kind] });
    formatters.set(key, formatter);
  }
  return formatter.format(ms);
}

/** An instant on the store's wall clock, as tickets and receipts print it: `19:30`. */
export const hourAndMinute = (ms: number, zone: string): string => format(ms, zone, 'clock');

/** The store's date of an instant as people here write it: `18/06/2025`. */
export const dateOnPaper = (ms: number, zone: string): string => format(ms, zone, 'date');

/** An instant as the windows show it, for a sentence: `18 Jun 2025, 19:30`. */
export const momentInWords = (ms: number, zone: string): string => format(ms, zone, 'words');
