import { hourAndMinute } from '../kernel/dates.ts';
import type { WhyEntry, WhyJob, WhyReport } from './why.ts';

interface Wording {
  /** Time zone of the clock on the restaurant's wall. */
  readonly zone: string;
  nameOf(id: string): string | undefined;
}

/** Says the same on every line of one order, so it is said once at the top. */
const saidAbove = new Set([
  'order_id',
  'order_number',
  'order_type',
  'table_id',
  'table_name',
  'table_number',
  'line_id',
  'product_id',
]);

const seconds = (ms: number): string => String(Math.floor(ms / 1_000) % 60).padStart(2, '0');
const clockTime = (ms: number, zone: string): string => `${hourAndMinute(ms, zone)}:${seconds(ms)}`;
const pounds = (minor: number): string => `${minor < 0 ? '-' : ''}£${(Math.abs(minor) / 100).toFixed(2)}`;
const plain = (key: string): string => key.replaceAll('_', ' ');
const short = (id: string): string => `${id.slice(0, 8)}…`;
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A list of lines, dishes, shares or ids in few words. */
function listInWords(list: readonly unknown[], wording: Wording): string {
  return list
    .map((one) => {
      if (typeof one !== 'object' || one === null) return valueInWords('', one, wording);
      const thing = one as Record<string, unknown>;
      const dish = thing['product_name'] ?? thing['name'];
      if (typeof dish === 'string')
        return `${typeof thing['quantity'] === 'number' ? `${thing['quantity']} x ` : ''}${dish}`;
      return `(${bodyInWords(thing, wording)})`;
    })
    .join(', ');
}

function valueInWords(key: string, value: unknown, wording: Wording): string {
  if (value === null) return 'none';
  if (typeof value === 'number' && key.endsWith('_minor')) return pounds(value);
  if (typeof value === 'number' && /_(?:at|since)$/.test(key)) return clockTime(value, wording.zone);
  if (typeof value === 'string' && uuidForm.test(value)) return wording.nameOf(value) ?? short(value);
  if (Array.isArray(value)) return listInWords(value, wording);
  return typeof value === 'object' ? `(${bodyInWords(value as Record<string, unknown>, wording)})` : String(value);
}

function bodyInWords(body: Readonly<Record<string, unknown>>, wording: Wording): string {
  return Object.entries(body)
    .filter(([key]) => !(key.startsWith('old_') && body[key] === body[key.replace('old_', 'new_')]))
    .filter(([key, value]) => !saidAbove.has(key) && value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => `${plain(key.replace(/_(?:minor|ids?)$/, ''))} ${valueInWords(key, value, wording)}`)
    .join(' · ');
}

function factInWords({ kind, body }: WhyEntry['facts'][number], wording: Wording): string {
  const [about = '', what = ''] = kind.split('.');
  const words = body === null ? 'erased at a guest’s wish' : bodyInWords(JSON.parse(body), wording);
  return `${plain(about)}: ${plain(what)}${words === '' ? '' : ` · ${words}`}`;
}

function entryInWords(entry: WhyEntry, wording: Wording): string[] {
  const who = entry.actorId === null ? 'the server itself' : (wording.nameOf(entry.actorId) ?? short(entry.actorId));
  const device = entry.deviceId === null ? '' : ` on ${wording.nameOf(entry.deviceId) ?? short(entry.deviceId)}`;
  const approved =
    entry.approvedBy === null ? '' : `, approved by ${wording.nameOf(entry.approvedBy) ?? short(entry.approvedBy)}`;
  const late =
    entry.occurredAt === entry.recordedAt
      ? ''
      : `, the device says it happened at ${clockTime(entry.occurredAt, wording.zone)}`;
  const key =
    entry.key === null
      ? []
      : [
          `key ${entry.key}${entry.receipt === null ? ', receipt dropped since' : `, receipt: ${entry.receipt.outcome}`}`,
        ];
  return [
    `#${entry.seq}  ${clockTime(entry.recordedAt, wording.zone)}  ${entry.command}  by ${who}${device}${approved}${late}`,
    ...entry.facts.map((fact) => `      ${factInWords(fact, wording)}`),
    ...key.map((line) => `      ${line}`),
  ];
}

function jobInWords(job: WhyJob, { zone, nameOf }: Wording): string {
  const printer = job.lane.slice(job.lane.indexOf(':') + 1);
  const marks = [
    job.state === 'done' ? (job.confirmed === 1 ? 'confirmed by the printer' : 'not confirmed') : null,
    job.attempt > 1 ? `${job.attempt} attempts` : null,
    job.repeatPossible === 1 ? 'marked as a possible repeat' : null,
    job.reason === null ? null : plain(job.reason),
  ].filter((mark) => mark !== null);
  const when = `${clockTime(job.createdAt, zone)} to ${clockTime(job.updatedAt, zone)}`;
  return `  ${when}  ${job.title}  at ${nameOf(printer) ?? short(printer)}: ${job.state}${marks.length === 0 ? '' : `, ${marks.join(', ')}`}`;
}

function relayInWords(relay: WhyReport['relay']): string {
  if (relay === null) return 'and there is no cloud relay';
  const stopped = relay.state === 'open' ? '' : ` (${relay.state}: nothing more is sent)`;
  return `and the cloud relay stood at ${relay.seq} or later${stopped}`;
}

/** The whole report as lines for somebody at the console. */
export function whyInWords({ order, entries, jobs, chain, head, epoch, relay }: WhyReport, wording: Wording): string[] {
  const place = order.tableName === null ? '' : `, table ${order.tableName}`;
  const server = order.serverId === null ? '' : `, ${wording.nameOf(order.serverId) ?? short(order.serverId)}`;
  return [
    `Order ${order.orderNumber} of ${order.businessDay}: ${order.status}${place}, ${order.covers} covers${server}`,
    order.id,
    '',
    ...entries.flatMap((entry) => entryInWords(entry, wording)),
    '',
    jobs.length === 0 ? 'Paper: nothing was printed for it.' : 'Paper and drawer:',
    ...jobs.map((job) => jobInWords(job, wording)),
    '',
    chain.ok
      ? `Chain: whole, ${chain.entries} entries.`
      : `Chain: BROKEN at entry ${chain.seq}: ${chain.reason}. Keep this file as it is and call support.`,
    `Cursors: the journal ends at ${head} of epoch ${short(epoch)}; devices carry their own, ${relayInWords(relay)}.`,
  ];
}
