// `npm test`: sets itself up on a fresh clone, then runs the tests. The coverage floors are those of a whole run.
import { runFile } from './run-node.mjs';

const extra = process.argv.slice(2);
const what = extra.length === 0 ? ['--coverage'] : extra;
await runFile('node_modules/vitest/vitest.mjs', ['run', '-c', 'build/vitest.config.ts', ...what]);
