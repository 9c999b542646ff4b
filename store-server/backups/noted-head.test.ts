import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { keepHeadNote, type Note, readNote, writeNote } from './noted-head.ts';

const folder = mkdtempSync(join(tmpdir(), 'fynlo-head-'));
afterAll(() => rmSync(folder, { recursive: true }));
const noteOf = (epoch: string): Note => ({ store_id: 'bar', epoch, seq: 7, hash: 'ab', second_folder: '' });

test('a note that is due while the database is exchanged is left out, and the next one comes', async () => {
  let exchanging = true;
  const head = keepHeadNote(folder, () => {
    if (exchanging) throw new TypeError('The database connection is not open');
    return noteOf('first');
  });
  head.changed();
  await pause(700);
  expect(readNote(folder)).toBeNull();
  exchanging = false;
  head.changed();
  await expect.poll(() => readNote(folder), { timeout: 10_000 }).toEqual(noteOf('first'));
  head.close();
});

test('a note of the database before never takes the place of the one after', async () => {
  const asked: string[] = [];
  const head = keepHeadNote(folder, () => {
    asked.push(asked.length === 0 ? 'first' : 'second');
    // It is exchanged while the first note is being written.
    if (asked.length === 2) writeNote(folder, noteOf('second'));
    return noteOf(asked.at(-1) as string);
  });
  head.changed();
  await expect.poll(() => asked, { timeout: 10_000 }).toEqual(['first', 'second']);
  expect(readNote(folder)).toEqual(noteOf('second'));
  head.close();
});
