import { fdatasyncSync, openSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { answerAll } from './kit/work.ts';

/** The floor under every durable answer: a request whose only work is to write 64 KiB and wait for the disk. */
const file = openSync(join(process.argv[2] as string, 'floor'), 'w');
const block = Buffer.alloc(65_536, 7);
let blocks = 0;
const server = createServer((request, response) => {
  request.resume();
  request.once('end', () => {
    writeSync(file, block, 0, block.length, (blocks % 64) * block.length);
    blocks += 1;
    fdatasyncSync(file);
    response.writeHead(201, { 'Content-Type': 'application/json' });
    response.end('{"success":true}');
  });
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => answerAll(() => ({ port: (server.address() as AddressInfo).port })));
