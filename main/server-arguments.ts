import path from 'node:path';

/** The store server's own flags, and whether a value follows. Everything else on our command line is Electron's. */
const flags: Readonly<Record<string, boolean>> = {
  '--demo': false,
  '--no-mdns': false,
  '--data-dir': true,
  '--host': true,
  '--port': true,
  '--compat-port': true,
  '--relay': true,
  '--claim': true,
};

/** Which of our arguments the store server understands. */
export const serverFlags = Object.keys(flags);

/**
 * What the store server is started with: its own flags from our command line, and a data folder in the place that the
 * system gives to this program, unless one was named.
 */
export function serverArguments(
  given: readonly string[],
  userData: string,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  const kept: string[] = [];
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at] ?? '';
    const [name = '', value] = word.split(/=(.*)/s, 2);
    if (!Object.hasOwn(flags, name)) continue;
    kept.push(word);
    const next = given[at + 1];
    if (flags[name] === true && value === undefined && next !== undefined) {
      kept.push(next);
      at += 1;
    }
  }
  const names = kept.map((word) => word.split('=')[0]);
  if (names.includes('--data-dir') || env['FYNLO_DATA_DIR'] !== undefined) return kept;
  const isDemo = names.includes('--demo') || /^(1|true)$/.test(env['FYNLO_DEMO'] ?? '');
  return [...kept, '--data-dir', path.join(userData, isDemo ? 'demo' : 'store')];
}
