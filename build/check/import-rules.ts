import path from 'node:path';
import { featureOrder, outsideWorld, packageHomes, type Reach, rooms, smallerRooms } from './import-table.ts';
import type { Finding, Import, Source } from './source.ts';

export interface Place {
  room: string;
  feature?: string;
}

const featureParts = ['rules', 'schema', 'reads', 'commands', 'tickets', 'routes'];

/** The room a file stands in, or null where none of the rules applies (tests) or nobody has made a row for it yet. */
export function placeOf(file: string): Place | null {
  const smaller = smallerRooms.find(([pattern]) => pattern.test(file));
  if (smaller) return { room: smaller[1] };
  const [top, folder, ...rest] = file.split('/');
  if (top === 'build' || top === 'main') return { room: top };
  if (top === 'renderer' && folder !== undefined) return { room: `renderer.${folder}` };
  if (top === 'cloud-relay') return { room: 'cloud-relay' };
  if (top !== 'store-server' || folder === undefined) return null;
  if (rest.length === 0) return { room: 'composition' };
  if (folder !== 'features') return { room: folder };
  const [feature, part = ''] = rest;
  return feature === undefined ? null : { room: `feature.${partOf(part)}`, feature };
}

/**
 * `orders.free.rules.ts` and `orders.rules/free.ts` are both rules; `orders.dto.ts` says how an answer looks, as routes do. A part with a name of its own, such as
 * `ledger.post.ts`, holds the verbs that commands are made of.
 */
function partOf(name: string): string {
  if (name === 'index.ts') return 'index';
  const last = name.replace(/\.ts$/, '').split('.').at(-1) ?? '';
  if (last === 'dto') return 'routes';
  return featureParts.includes(last) ? last : 'verbs';
}

/** Tests, and what only tests use, may import anything; nobody else may import them. */
export const isTest = (file: string) => file.startsWith('test/') || /\.(test|fixture)\.ts$/.test(file);

/** Every import of these files that the table does not allow, and every circle of imports. */
export function brokenImportRules(sources: readonly Source[]): Finding[] {
  return [...sources.filter(({ file }) => !isTest(file)).flatMap(findingsIn), ...circles(sources)];
}

function findingsIn(source: Source): Finding[] {
  const place = placeOf(source.file);
  if (place === null)
    return [{ file: source.file, line: 1, message: 'This folder has no room in build/check/import-table.ts yet.' }];
  const room = rooms[place.room];
  if (!room)
    return [{ file: source.file, line: 1, message: `"${place.room}" has no row in build/check/import-table.ts yet.` }];
  return source.imports.flatMap((edge) => {
    const why = refusal(source.file, place, edge);
    return why === null ? [] : [{ file: source.file, line: edge.line, message: why }];
  });
}

function refusal(file: string, from: Place, edge: Import): string | null {
  const target = resolve(file, edge.request);
  if (/^(composition|cloud-relay)$/.test(from.room) && target === 'package.json') return null; // the version
  if (target === null) return packageRefusal(file, from, edge);
  const room = rooms[from.room]!;
  const to = placeOf(target);
  const no = (what: string) => `${from.room} may not import ${what} (${edge.request}). ${room.instead}`;
  if (isTest(target) || to === null) return no('that');
  if (from.room === 'build') return null;
  if (to.feature !== undefined) return featureRefusal(from, to, edge, no);
  if (from.room === to.room) return null;
  return within(room.may[to.room], edge)
    ? null
    : no(room.may[to.room] === 'types' ? `more than types of ${to.room}` : to.room);
}

function featureRefusal(from: Place, to: Place, edge: Import, no: (what: string) => string): string | null {
  const room = rooms[from.room]!;
  if (from.feature === to.feature) {
    if (from.room === to.room || within(room.own, edge)) return null;
    return no(room.own === 'types' ? 'more than types of its feature' : `${to.room} of its own feature`);
  }
  if (to.room !== 'feature.index') return no(`the inside of ${to.feature}; go through its index.ts`);
  if (from.feature === undefined) return within(room.features, edge) ? null : no(`the feature ${to.feature}`);
  const order: readonly string[] = featureOrder;
  for (const name of [from.feature, to.feature!])
    if (!order.includes(name)) return no(`${name}, which has no place in featureOrder`);
  if (order.indexOf(to.feature!) > order.indexOf(from.feature)) return no(`the later feature ${to.feature}`);
  return within(room.earlier, edge) ? null : no(`the feature ${to.feature}`);
}

const within = (reach: Reach | undefined, edge: Import) => reach === 'all' || (reach === 'types' && edge.typeOnly);

function packageRefusal(file: string, from: Place, edge: Import): string | null {
  if (from.room === 'build' || edge.typeOnly) return null;
  if (edge.request.startsWith('node:')) {
    const outside = outsideWorld.modules.some((name) => edge.request === name || edge.request.startsWith(`${name}/`));
    const homes: readonly string[] = outsideWorld.homes;
    if (!outside || homes.includes(from.room)) return null;
    if (outsideWorld.exceptions.some(([exception]) => exception === file)) return null;
    return `${from.room} may not reach ${edge.request}: disk, network and processes come in as arguments.`;
  }
  const name = edge.request
    .split('/')
    .slice(0, edge.request.startsWith('@') ? 2 : 1)
    .join('/');
  const homes = packageHomes[name];
  if (homes === undefined) return `${name} has no home in build/check/import-table.ts yet.`;
  if (homes === 'everywhere' || homes.includes(from.room)) return null;
  return `${name} is at home in ${homes.join(', ')}, not in ${from.room}: use it through what they offer.`;
}

/** The repository file that is meant, or null for a package. */
function resolve(file: string, request: string): string | null {
  if (request.startsWith('#contract/')) return request.replace('#contract/', 'store-server/contract/');
  if (/^#(api|ui)\//.test(request)) return request.replace('#', 'renderer/');
  return request.startsWith('.') ? path.posix.join(path.posix.dirname(file), request) : null;
}

/** Files that wait for each other at run time. Each circle is reported once, at the file where it was met first. */
function circles(sources: readonly Source[]): Finding[] {
  const edges = new Map(sources.map(({ file, imports }) => [file, imports.filter((edge) => !edge.typeOnly)]));
  const done = new Set<string>();
  const found: Finding[] = [];
  const visit = (file: string, trail: readonly string[]) => {
    if (done.has(file)) return;
    for (const edge of edges.get(file) ?? []) {
      const target = resolve(file, edge.request);
      if (target === null) continue;
      const way = [...trail, file];
      if (!way.includes(target)) visit(target, way);
      else
        found.push({
          file,
          line: edge.line,
          message: `A circle: ${[...way.slice(way.indexOf(target)), target].join(' -> ')}`,
        });
    }
    done.add(file);
  };
  for (const file of edges.keys()) visit(file, []);
  return found;
}
