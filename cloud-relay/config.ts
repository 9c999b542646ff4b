import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the relay is started with. */
export interface Config {
  readonly demo: boolean;
  /** Absolute path of the folder that holds the keys and, without `databaseUrl`, the embedded database. */
  readonly dataDir: string;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** A PostgreSQL to use, as its owner; null runs an embedded one in the data folder. */
  readonly databaseUrl: string | null;
}

export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly errors: string[] };

const usage = 'Usage: npm run relay -- [--demo] [--data-dir DIR] [--host H] [--port 8100]';
const hostForm = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9a-fA-F:]{2,45})$/;

/**
 * Reads flags and, where a flag is not given, `FYNLO_RELAY_…` variables and `DATABASE_URL`; every mistake is named in a
 * sentence.
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

  const givenDemo = env['FYNLO_RELAY_DEMO'] ?? '';
  if (!['', '0', '1', 'false', 'true'].includes(givenDemo))
    errors.push(`FYNLO_RELAY_DEMO has to be 1 or 0, not "${givenDemo}".`);
  const host = text(flags.host, 'FYNLO_RELAY_HOST') ?? '127.0.0.1';
  if (!hostForm.test(host)) errors.push(`--host has to be an address or a name, not "${host}".`);
  const port = text(flags.port, 'FYNLO_RELAY_PORT') ?? '8100';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    errors.push(`--port has to be a number from 0 to 65535, not "${port}".`);
  const databaseUrl = env['DATABASE_URL'] || null;
  if (databaseUrl !== null && !isPostgresUrl(databaseUrl))
    errors.push('DATABASE_URL has to look like postgres://user:password@host:5432/database.');
  if (errors.length > 0) return { ok: false, errors: [...errors, usage] };
  return {
    ok: true,
    config: {
      demo: flags.demo ?? ['1', 'true'].includes(givenDemo),
      dataDir: resolve(base, text(flags['data-dir'], 'FYNLO_RELAY_DATA_DIR') ?? join('.fynlo', 'relay')),
      host,
      port: Number(port),
      databaseUrl,
    },
  };
}

function isPostgresUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^postgres(?:ql)?:$/.test(url.protocol) && url.pathname.length > 1;
}

interface Flags {
  demo?: boolean;
  'data-dir'?: string;
  host?: string;
  port?: string;
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
      },
    });
    return values;
  } catch (error) {
    errors.push(error instanceof Error ? `${error.message.split('. ')[0]}.` : String(error));
    return {};
  }
}
