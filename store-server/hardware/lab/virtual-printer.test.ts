import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type PrinterModel, printerModelById } from '../models/printer-models.ts';
import { plainText } from './slip.ts';
import { createVirtualPrinter, type PrintedSlip, type VirtualPrinter } from './virtual-printer.ts';

const generic = printerModelById('generic-escpos-80') as PrinterModel;
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});
const printer = async (model?: PrinterModel): Promise<VirtualPrinter> => {
  const made = await createVirtualPrinter({ clock: { now: () => 42 }, ...(model ? { model } : {}) });
  cleanUps.push(() => made.close());
  return made;
};
const lineTo = async (to: VirtualPrinter): Promise<{ socket: Socket; heard: () => number[] }> => {
  const socket = connect(to.port, '127.0.0.1');
  const heard: number[] = [];
  socket.on('data', (chunk) => heard.push(...chunk));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  cleanUps.push(() => socket.destroy());
  return { socket, heard: () => heard };
};
const slip = (words: string) => Buffer.concat([Buffer.from(`\x1b@${words}\n`, 'latin1'), Buffer.from([0x1d, 0x56, 1])]);
const words = (from: VirtualPrinter) => from.papers().map((paper) => plainText(paper.slip).trim());

test('paper that comes out is announced once, numbered and timed', async () => {
  const kitchen = await printer();
  const seen: PrintedSlip[] = [];
  const stop = kitchen.onPaper((paper) => seen.push(paper));
  const { socket } = await lineTo(kitchen);
  socket.write(slip('one'));
  await expect.poll(() => seen.length).toBe(1);
  expect(seen[0]).toMatchObject({ number: 1, at: 42 });
  stop();
  socket.write(slip('two'));
  await expect.poll(() => words(kitchen)).toEqual(['one', 'two']);
  expect(seen).toHaveLength(1);
});

test('what is not cut off yet can be read in the printer', async () => {
  const kitchen = await printer();
  const { socket } = await lineTo(kitchen);
  socket.write('half a slip\n');
  await expect.poll(() => plainText(kitchen.unfinished() ?? { elements: [], cut: null })).toBe('half a slip');
  expect(kitchen.papers()).toEqual([]);
});

test('without paper it keeps what it gets and prints it when the roll is new', async () => {
  const kitchen = await printer();
  await kitchen.set({ paper: 'out' });
  const { socket, heard } = await lineTo(kitchen);
  socket.write(slip('kept'));
  socket.write(Buffer.from([0x10, 4, 4]));
  await expect.poll(heard).toEqual([0x7e]);
  expect(words(kitchen)).toEqual([]);
  await kitchen.set({ paper: 'ok' });
  expect(words(kitchen)).toEqual(['kept']);
});

test('a stalled one leaves the bytes in the network and goes on where it stopped', async () => {
  const kitchen = await printer();
  await kitchen.set({ stalled: true });
  const { socket } = await lineTo(kitchen);
  socket.write(slip('later'));
  await pause(60);
  expect(kitchen.bytesRead()).toBe(0);
  await kitchen.set({ stalled: false });
  await expect.poll(() => words(kitchen)).toEqual(['later']);
});

test('a slow one takes its time', async () => {
  const kitchen = await printer();
  await kitchen.set({ bytesPerSecond: 500 });
  const { socket } = await lineTo(kitchen);
  const before = performance.now();
  socket.write(slip('x'.repeat(100)));
  await expect.poll(() => words(kitchen).length, { timeout: 5_000 }).toBe(1);
  expect(performance.now() - before).toBeGreaterThan(150);
});

test('two lines at once do not mix their words: the second waits until the first is read', async () => {
  const kitchen = await printer();
  await kitchen.set({ bytesPerSecond: 2_000 });
  const [first, second] = [await lineTo(kitchen), await lineTo(kitchen)];
  first.socket.write(slip('a'.repeat(300)));
  await pause(30);
  second.socket.write(slip('b'.repeat(100)));
  await expect.poll(() => words(kitchen).length, { timeout: 5_000 }).toBe(2);
  expect(words(kitchen).map((each) => each.replaceAll('\n', ''))).toEqual(['a'.repeat(300), 'b'.repeat(100)]);
});

test('it drops the line after so many bytes, once', async () => {
  const kitchen = await printer();
  await kitchen.set({ dropAfterBytes: 5 });
  const first = await lineTo(kitchen);
  first.socket.write('0123456789\n');
  await expect.poll(() => first.socket.destroyed).toBe(true);
  expect(kitchen.bytesRead()).toBe(5);
  const second = await lineTo(kitchen);
  second.socket.write(slip('whole'));
  await expect.poll(() => words(kitchen)).toEqual(['whole']);
});

test('switched off it refuses, switched on it is at the same address', async () => {
  const kitchen = await printer();
  await kitchen.set({ refusing: true });
  await expect(lineTo(kitchen)).rejects.toThrow('ECONNREFUSED');
  await kitchen.set({ refusing: false });
  const { socket } = await lineTo(kitchen);
  socket.write(slip('back'));
  await expect.poll(() => words(kitchen)).toEqual(['back']);
});

test('bytes it does not know are told, with their place, and nothing of that line is printed after them', async () => {
  const kitchen = await printer();
  const { socket, heard } = await lineTo(kitchen);
  socket.write(Buffer.concat([Buffer.from('ok\n\x07'), slip('never'), Buffer.from([0x10, 4, 1])]));
  await expect.poll(() => kitchen.errors().map((error) => error.message)).toEqual([expect.stringContaining('Byte 3')]);
  await pause(20);
  expect(words(kitchen)).toEqual([]);
  expect(heard()).toEqual([]);
});

test('one without status answers nothing, and one told to be silent neither', async () => {
  for (const mute of [await printer(generic), await printer()]) {
    await mute.set({ silent: true });
    const { socket, heard } = await lineTo(mute);
    socket.write(Buffer.concat([Buffer.from([0x10, 4, 1]), slip('printed all the same')]));
    await expect.poll(() => words(mute)).toEqual(['printed all the same']);
    expect(heard()).toEqual([]);
  }
});
