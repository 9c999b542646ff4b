// `node build/launch/run.mjs FILE ARGS`: sets itself up on a fresh clone, then runs any script of ours under Node 24.
import { runFile } from './run-node.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) {
  process.stderr.write('fynlo: name the script to run, such as build/check/run.ts\n');
  process.exit(2);
}
await runFile(file, args);
