import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { playEvening } from '../evening.ts';
import { Disagreement, type Teller } from './telling.ts';
import { venueAt } from './venues.ts';

/** `npm run demo:evening [-- --url http://127.0.0.1:8000/]`: plays the evening for somebody who watches. */

const say = (line = ''): void => void process.stdout.write(`${line}\n`);
const paperWidth = 48;
const startWithinMs = 60_000;

const narrator: Teller = {
  act: (title) => say(`\n── ${title} ${'─'.repeat(Math.max(0, 70 - title.length))}\n`),
  say: (sentence) => say(`  ${sentence}`),
  paper(printer, text) {
    const lines = text.trimEnd().split('\n');
    say(`\n        ┌─ ${printer} ${'─'.repeat(paperWidth - printer.length - 1)}┐`);
    for (const line of lines) say(`        │ ${line.padEnd(paperWidth)} │`);
    say(`        └${'─'.repeat(paperWidth + 2)}┘\n`);
  },
};

interface Demo {
  readonly url: URL;
  stop(): Promise<void>;
}

/** The demo restaurant in a folder that is gone afterwards, on ports that are free. */
async function startDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'fynlo-evening-'));
  const entry = join(import.meta.dirname, '../../../store-server/entry.ts');
  const flags = ['--demo', '--no-mdns', '--host', '127.0.0.1', '--port', '0', '--compat-port', '0'];
  const child = spawn(process.execPath, [entry, ...flags, '--data-dir', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  const complaints: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { url: await readyLine(child), stop };
  } catch (error) {
    await stop();
    say(complaints.join(''));
    throw error;
  }
}

function readyLine(child: ChildProcess): Promise<URL> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error('The demo did not start in time.')), startWithinMs);
    child.once('exit', () => reject(new Error('The demo could not start.')));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const url = /^fynlo ready (\S+)$/m.exec(text)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(new URL(url));
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { url: { type: 'string' } } });
  const demo = values.url === undefined ? await startDemo() : { url: new URL(values.url), stop: async () => undefined };
  try {
    say(`An evening at The Harbour Kitchen, played on ${demo.url}`);
    const { stage } = await playEvening(venueAt(demo.url), narrator);
    stage.people.goHome();
    say('\n  Good night. Everything agrees to the penny.\n');
    return 0;
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error;
    say(`\n  Stop. ${error.message}\n`);
    return 1;
  } finally {
    await demo.stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
