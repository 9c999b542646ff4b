import { readFileSync } from 'node:fs';
import path from 'node:path';
import { missingPlatformPackages, readLock } from '../complete-lock.ts';
import { brokenImportRules } from './import-rules.ts';
import { operationsWithoutStories, storiesFolder } from './operations.ts';
import { builtSql, realityLeaks, waitingCommands } from './purity.ts';
import { type Finding, filesBelow, readSource, type Source } from './source.ts';
import { stylesBelow } from './styles.ts';
import { longFiles, privatePlacesBelow } from './tidy.ts';

/** One line of `npm run check`: either a tool with its arguments, or a look of our own at the sources. */
export type Step = { name: string; why: string } & ({ tool: string[] } | { look(house: House): Look | Promise<Look> });

export interface House {
  root: string;
  files: readonly string[];
  sources: readonly Source[];
}

export interface Look {
  errors: Finding[];
  warnings?: Finding[];
}

export function readHouse(root: string): House {
  const files = filesBelow(root);
  return {
    root,
    files,
    sources: files.filter((file) => /\.(tsx?|mjs)$/.test(file)).map((file) => readSource(root, file)),
  };
}

/** Taken from the route table itself. Declaring routes asks nothing of the sign-in, so none is made. */
async function operationNames(): Promise<string[]> {
  const { createFeatures } = await import('../../store-server/features.ts');
  const { createRouteTable } = await import('../../store-server/http/api.ts');
  const { healthRoutes } = await import('../../store-server/http/health.ts');
  const table = createRouteTable();
  healthRoutes({} as never)(table);
  for (const feature of createFeatures({} as never, {} as never, {} as never, {} as never, {} as never).all)
    feature.routes(table);
  return table.routes.map(({ operation }) => operation);
}

const each = (check: (source: Source) => Finding[]) => (house: House) => ({ errors: house.sources.flatMap(check) });

export const steps: readonly Step[] = [
  {
    name: 'format and lint',
    why: 'one way to write; `npm run check -- --fix` repairs what can be repaired',
    tool: ['biome', 'check', '--config-path=build', '--error-on-warnings', '.'],
  },
  { name: 'types', why: 'as strict as TypeScript can be', tool: ['tsc', '-p', '.'] },
  { name: 'types of the windows', why: 'the same, for what runs in a browser', tool: ['tsc', '-p', 'renderer'] },
  {
    name: 'promises',
    why: 'no promise is forgotten, none is taken for a value',
    tool: [
      'oxlint',
      ...['--type-aware', '--tsconfig', 'tsconfig.json', '-A', 'all'],
      ...['-D', 'typescript/no-floating-promises', '-D', 'typescript/no-misused-promises'],
      ...['main', 'store-server', 'cloud-relay', 'test', 'build'],
    ],
  },
  {
    name: 'promises, windows',
    why: 'the same, for what runs in a browser',
    tool: [
      'oxlint',
      ...['--type-aware', '--tsconfig', 'renderer/tsconfig.json', '-A', 'all'],
      ...['-D', 'typescript/no-floating-promises', '-D', 'typescript/no-misused-promises'],
      'renderer',
    ],
  },
  { name: 'dead code', why: 'nothing unused: files, exports, packages', tool: ['knip', '--config', 'build/knip.json'] },
  {
    name: 'import rules',
    why: 'who may import whom: build/check/import-table.ts',
    look: ({ sources }) => ({ errors: brokenImportRules(sources) }),
  },
  { name: 'clock and chance', why: 'they come in as arguments', look: each(realityLeaks) },
  { name: 'commands never wait', why: 'a handler runs inside a transaction', look: each(waitingCommands) },
  { name: 'SQL is written out', why: 'no statement is built from values', look: each(builtSql) },
  {
    name: 'styles',
    why: 'no class of one screen changes another',
    look: ({ root, files }) => ({ errors: stylesBelow(root, files) }),
  },
  {
    name: 'works anywhere',
    why: 'no path of one machine, no package address',
    look: ({ root, files }) => ({ errors: privatePlacesBelow(root, files) }),
  },
  {
    name: 'lock file complete',
    why: '`npm ci` accepts it on every platform; `node build/complete-lock.ts` repairs it',
    look: ({ root }) => ({
      errors: Object.keys(missingPlatformPackages(readLock(root).packages)).map((where) => ({
        file: 'package-lock.json',
        line: 1,
        message: `${where} is missing`,
      })),
    }),
  },
  {
    name: 'operations',
    why: `each has a story of success and of bad input in ${storiesFolder}`,
    look: async ({ sources }) => ({ errors: operationsWithoutStories(await operationNames(), sources) }),
  },
  {
    name: 'file length',
    why: 'small files, each readable in one go',
    look: ({ root, files }) =>
      longFiles(files, (file) => readFileSync(path.join(root, file), 'utf8').split('\n').length - 1),
  },
];
