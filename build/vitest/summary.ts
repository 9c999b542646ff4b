/** What one test file came to; `ms` includes loading it. */
export interface FileResult {
  /** Relative to the repository, with forward slashes. */
  file: string;
  passed: number;
  failed: number;
  skipped: number;
  ms: number;
}

/** The seconds of each suite folder, slowest first, then the counts alone on the last line for whoever reads a log. */
export function summaryLines(files: readonly FileResult[], looseErrors: number): string[] {
  const folders = new Map<string, number>();
  for (const { file, ms } of files) folders.set(folderOf(file), (folders.get(folderOf(file)) ?? 0) + ms);
  const sum = (pick: (file: FileResult) => number) => files.reduce((total, file) => total + pick(file), 0);
  return [
    'seconds by suite folder (files run side by side, so they add up to more than the run took)',
    ...[...folders]
      .sort(([, a], [, b]) => b - a)
      .map(([folder, ms]) => `${(ms / 1000).toFixed(1).padStart(8)}  ${folder}`),
    `${sum((f) => f.passed)} passed, ${sum((f) => f.failed) + looseErrors} failed, ${sum((f) => f.skipped)} skipped`,
  ];
}

/** `store-server/features/orders/orders.rules.test.ts` counts under `store-server/features`. */
function folderOf(file: string): string {
  return file.split('/').slice(0, -1).slice(0, 2).join('/') || '.';
}
