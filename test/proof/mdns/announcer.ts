import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announce } from '../../../store-server/hardware/discovery/announce.ts';

/** The smallest thing that can be found: what the proof runs when the announcement alone is in question. */
const server = createServer((_, answer) => answer.end('{}'));
server.listen(0, '0.0.0.0', () => {
  const { port } = server.address() as AddressInfo;
  const announcer = announce({
    port,
    name: 'The Proof',
    storeId: '0198a2b4-c5d6-7e8f-9012-3456789abcde',
    version: '1',
  });
  process.on('SIGTERM', () => {
    void announcer.stop().then(() => server.close());
  });
  console.log(`fynlo ready http://127.0.0.1:${port}/`);
});
