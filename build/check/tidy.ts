import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Finding } from './source.ts';

/** A file of rules or data is longest where a reader still wants it in one piece. */
const comfort = 150;
const limit = 400;
/** Long because they are lists, which nobody reads from top to bottom. */
const data = [
  /^store-server\/demo\//,
  /^store-server\/hardware\/models\//,
  /^store-server\/contract\/problems\.ts$/,
  /code-pages/,
];

export function longFiles(
  files: readonly string[],
  linesOf: (file: string) => number,
): { errors: Finding[]; warnings: Finding[] } {
  const result: { errors: Finding[]; warnings: Finding[] } = { errors: [], warnings: [] };
  for (const file of files) {
    if (!/\.tsx?$/.test(file) || data.some((pattern) => pattern.test(file))) continue;
    const lines = linesOf(file);
    if (lines > limit)
      result.errors.push({ file, line: lines, message: `${lines} lines: split it into parts (at most ${limit}).` });
    else if (lines > comfort && !file.endsWith('.test.ts'))
      result.warnings.push({ file, line: lines, message: `${lines} lines (comfortable up to ${comfort})` });
  }
  return result;
}

// Put together here so that this file does not contain what it looks for.
const slash = '/';
const privatePlaces: readonly (readonly [pattern: RegExp, what: string])[] = [
  [new RegExp(`(^|[\\s"'\`(=])${slash}(work|home|root|Users)${slash}[\\w.-]`), 'a folder of one machine'],
  [/[A-Z]:\\{1,2}Users\\/, 'a folder of one machine'],
  [/"resolved": "https?:/, 'the address of one package registry'],
  [new RegExp(`https?:${slash}${slash}(registry|npm)\\.`), 'the address of one package registry'],
];

/** A clone has to work anywhere, so no file may know where it was written or where its packages came from. */
export function privatePlacesIn(file: string, text: string): Finding[] {
  return text
    .split('\n')
    .flatMap((line, nth) =>
      privatePlaces
        .filter(([pattern]) => pattern.test(line))
        .map(([, what]) => ({ file, line: nth + 1, message: `This is ${what}: ${line.trim().slice(0, 80)}` })),
    );
}

const textFile = /(\.(ts|mjs|js|json|md|sql|sh|ya?ml|svg|html|css|txt)|\/run|LICENSE|\.gitignore)$/;

export function privatePlacesBelow(root: string, files: readonly string[]): Finding[] {
  return files
    .filter((file) => textFile.test(file) && !file.endsWith('tidy.test.ts'))
    .flatMap((file) => privatePlacesIn(file, readFileSync(path.join(root, file), 'utf8')));
}
