import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from './source.ts';

/** What stands on every screen of a window, or in both windows: these classes are for everybody. */
const shared = /^renderer\/(ui|\w+\/frame)\//;
const screen = /^renderer\/((\w+)\/[\w-]+)\//;

/** The classes that a style sheet's selectors give a look to, each with its line; not those that it only leaves out. */
function classesIn(text: string): Map<string, number> {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  const found = new Map<string, number>();
  for (const { 1: selectors = '', index } of bare.matchAll(/([^{}]+)\{/g)) {
    if (selectors.trim().startsWith('@')) continue;
    const line = text.slice(0, index + selectors.length - selectors.trimStart().length).split('\n').length;
    for (const [, name = ''] of selectors.replace(/:not\([^)]*\)/g, '').matchAll(/\.([a-z][\w-]*)/gi))
      if (!found.has(name)) found.set(name, line);
  }
  return found;
}

/**
 * All screens of a window are fetched soon after the first, and their style sheets stay: a class that two of them name
 * would give one the look of the other.
 */
export function classesOfTwoScreens(sheets: readonly { file: string; text: string }[]): Finding[] {
  const forEverybody = new Set<string>();
  for (const { file, text } of sheets)
    if (shared.test(file)) for (const name of classesIn(text).keys()) forEverybody.add(name);
  const owners = new Map<string, string>();
  return sheets.flatMap(({ file, text }) => {
    const [, owner, window] = screen.exec(file) ?? [];
    if (owner === undefined || shared.test(file)) return [];
    return [...classesIn(text)].flatMap(([name, line]): Finding[] => {
      if (forEverybody.has(name) || name.startsWith('mantine-')) return [];
      const key = `${window} ${name}`;
      const first = owners.get(key) ?? owner;
      owners.set(key, first);
      return first === owner ? [] : [{ file, line, message: `.${name} is a class of ${first} already` }];
    });
  });
}

export const stylesBelow = (root: string, files: readonly string[]): Finding[] =>
  classesOfTwoScreens(
    files
      .filter((file) => /^renderer\/.*\.css$/.test(file))
      .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') })),
  );
