import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ClaimCode } from '#contract/relay.ts';
import { RelayUrl } from '#contract/relay-link.ts';

/** What the server is started with. Everything else is a setting, a row that commands change. */
export interface Config {
  readonly demo: boolean;
  /** Absolute path of the folder that holds the database, the keys and the lock. */
  readonly dataDir: string;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** The port older iPads expect; 0 picks a free one. */
  readonly compatPort: number;
  readonly mdns: boolean;
  /** The cloud relay to belong to, without a slash at its end; null leaves it at the one that was joined, if any. */
  readonly relay: string | null;
  /** Spent at the first start with a relay; null afterwards. */
  readonly claim: string | null;
}

/** What else than running the restaurant this start is for; the process ends once it is done. */
export type Errand = { readonly kind: 'last_backup' } | { readonly kind: 'go_back'; readonly name: string };

export type ReadConfig =
  | { readonly ok: true; readonly config: Config; readonly errand?: Errand }
  | { readonly ok: false; readonly errors: string[] };

const usage =
  'Usage: npm start -- [--demo] [--data-dir DIR] [--host H] [--port 8000] [--compat-port 8069] [--no-mdns] ' +
  '[--relay URL] [--claim CODE] [--last-backup] [--go-back-to NAME]';

const hostForm = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9a-fA-F:]{2,45})$/;

/**
 * Reads flags and, where a flag is not given, `FYNLO_…` variables; every mistake is named in a sentence.
 * @param base folder that relative paths start from
 */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  base: string,
): ReadConfig {
  const errors: string[] = [];
  const flags = readFlags(args, errors);
  const text = (flag: string | undefined, name: string): string | undefined => flag ?? (env[name] || undefined);

  const port = (flag: string | undefined, name: string, label: string, usual: number): number => {
    const given = text(flag, name);
    if (given === undefined) return usual;
    const value = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= 0 && value <= 65_535) return value;
    errors.push(`${label} has to be a number from 0 to 65535, not "${given}".`);
    return usual;
  };
  const yes = (flag: boolean | undefined, name: string): boolean => {
    if (flag !== undefined) return flag;
    const given = env[name];
    if (given === undefined || given === '' || given === '0' || given === 'false') return false;
    if (given === '1' || given === 'true') return true;
    errors.push(`${name} has to be 1 or 0, not "${given}".`);
    return false;
  };

  const demo = yes(flags.demo, 'FYNLO_DEMO');
  const host = text(flags['host'], 'FYNLO_HOST') ?? '0.0.0.0';
  const { relay, claim } = relayOf(text(flags.relay, 'FYNLO_RELAY_URL'), text(flags.claim, 'FYNLO_CLAIM'), errors);
  if (!hostForm.test(host)) errors.push(`--host has to be an address or a name, not "${host}".`);
  const config: Config = {
    demo,
    dataDir: resolve(base, text(flags['data-dir'], 'FYNLO_DATA_DIR') ?? join('.fynlo', demo ? 'demo' : 'store')),
    host,
    port: port(flags['port'], 'FYNLO_PORT', '--port', 8000),
    compatPort: port(flags['compat-port'], 'FYNLO_COMPAT_PORT', '--compat-port', 8069),
    mdns: !yes(flags['no-mdns'], 'FYNLO_NO_MDNS'),
    relay,
    claim,
  };
  if (config.port !== 0 && config.port === config.compatPort) {
    errors.push(`--port and --compat-port have to differ; both are ${config.port}.`);
  }
  const errand = errandOf(flags, errors);
  if (errors.length > 0) return { ok: false, errors: [...errors, usage] };
  return { ok: true, config, ...(errand === null ? {} : { errand }) };
}

function errandOf({ 'last-backup': look, 'go-back-to': name }: Flags, errors: string[]): Errand | null {
  if (name === undefined) return look === true ? { kind: 'last_backup' } : null;
  if (look === true) errors.push('--last-backup and --go-back-to are two things: give one of them.');
  if (!/^[0-9TZ-]{18,40}$/.test(name)) {
    errors.push(`--go-back-to has to be a backup such as 20250618T181500Z-1041, not "${name}".`);
  }
  return { kind: 'go_back', name };
}

function relayOf(
  address: string | undefined,
  code: string | undefined,
  errors: string[],
): Pick<Config, 'relay' | 'claim'> {
  const url = RelayUrl.safeParse(address);
  const claim = ClaimCode.safeParse(code);
  if (address !== undefined && !url.success) {
    errors.push(`--relay has to be an address such as https://relay.example, not "${address}".`);
  }
  if (code !== undefined && !claim.success) errors.push('--claim has to be a code such as LIME-RIVER-OAK-4210.');
  if (code !== undefined && address === undefined) errors.push('--claim needs --relay, the address the code is for.');
  return { relay: url.data ?? null, claim: claim.data ?? null };
}

interface Flags {
  demo?: boolean;
  'data-dir'?: string;
  host?: string;
  port?: string;
  'compat-port'?: string;
  'no-mdns'?: boolean;
  relay?: string;
  claim?: string;
  'last-backup'?: boolean;
  'go-back-to'?: string;
}

function readFlags(args: readonly string[], errors: string[]): Flags {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        demo: { type: 'boolean' },
        'data-dir': { type: 'string' },
        host: { type: 'string' },
        port: { type: 'string' },
        'compat-port': { type: 'string' },
        'no-mdns': { type: 'boolean' },
        relay: { type: 'string' },
        claim: { type: 'string' },
        'last-backup': { type: 'boolean' },
        'go-back-to': { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    errors.push(error instanceof Error ? `${error.message.split('. ')[0]}.` : String(error));
    return {};
  }
}
