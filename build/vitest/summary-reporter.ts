import { writeSync } from 'node:fs';
import path from 'node:path';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import { type FileResult, summaryLines } from './summary.ts';

/** Prints the plain summary when the process leaves, which is after the coverage report. */
export default class SummaryReporter implements Reporter {
  #lines: string[] = [];

  onInit() {
    process.once('exit', () => {
      if (this.#lines.length > 0) writeSync(1, `\n${this.#lines.join('\n')}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]) {
    const again = modules
      .flatMap((module) => [...module.children.allTests()])
      .filter((test) => (test.diagnostic()?.retryCount ?? 0) > 0);
    this.#lines = [
      ...again.map((test) => `NEEDED A SECOND TRY: ${test.fullName}`),
      ...summaryLines(modules.map(resultOf), errors.length),
    ];
  }
}

function resultOf(module: TestModule): FileResult {
  const result: FileResult = {
    file: path.relative(process.cwd(), module.moduleId).split(path.sep).join('/'),
    passed: 0,
    failed: 0,
    skipped: 0,
    ms: 0,
  };
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === 'passed') result.passed += 1;
    else if (state === 'skipped') result.skipped += 1;
    else result.failed += 1;
  }
  // A file that cannot be loaded, or whose set-up threw, has no failed test of its own.
  if (module.state() === 'failed' && result.failed === 0) result.failed = 1;
  const timing = module.diagnostic();
  result.ms =
    timing.environmentSetupDuration +
    timing.prepareDuration +
    timing.collectDuration +
    timing.setupDuration +
    timing.duration;
  return result;
}
