// `npm run relay`: sets itself up on a fresh clone, then runs the cloud relay.
import { runFile } from './run-node.mjs';

await runFile('cloud-relay/entry.ts', process.argv.slice(2), { tellWhenGone: true });
