import WebSocket from 'ws';
import { answerAll } from './kit/work.ts';

/** Many iPads in a process of their own: they count what they hear, and do nothing else. */
const sockets: WebSocket[] = [];
let heard = 0;

async function connect(url: string, count: number): Promise<void> {
  const opened: Promise<void>[] = [];
  for (let n = 0; n < count; n += 1) {
    const socket = new WebSocket(url, { headers: { Authorization: 'Bearer bench' }, perMessageDeflate: false });
    sockets.push(socket);
    socket.on('message', (bytes: Buffer) => {
      if (bytes.includes('"kitchen_update"')) heard += 1;
    });
    opened.push(new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject)));
    if (n % 50 === 49) await Promise.all(opened);
  }
  await Promise.all(opened);
}

answerAll(async (question) => {
  if (question['what'] === 'connect') await connect(question['url'] as string, question['count'] as number);
  if (question['what'] === 'hang up') for (const socket of sockets.splice(0)) socket.terminate();
  if (question['what'] === 'forget') heard = 0;
  return { heard };
});
