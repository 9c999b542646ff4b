// `npm run relay`: sets itself up on a fresh clone, builds the owner's console when it is out of date, runs the cloud relay.
import { runFile } from './run-node.mjs';

await runFile('cloud-relay/entry.ts', process.argv.slice(2), { tellWhenGone: true, window: 'console' });
