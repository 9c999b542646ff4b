// `npm start`: sets itself up on a fresh clone, builds the manager's window when it is out of date, runs the store server.
import { runFile } from './run-node.mjs';

await runFile('store-server/entry.ts', process.argv.slice(2), { tellWhenGone: true, window: 'manager' });
