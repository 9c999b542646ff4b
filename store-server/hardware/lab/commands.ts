/**
 * The ESC/POS this house knows, byte by byte. The list is the whole language: a byte that opens none of these is an
 * error, because on a real printer it would do something nobody asked for.
 */
export type Command =
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  | { readonly kind: 'lineFeed' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'bold' | 'inverse'; readonly on: boolean }
  | { readonly kind: 'size'; readonly width: number; readonly height: number }
  | { readonly kind: 'align'; readonly align: 'left' | 'centre' | 'right' }
  | { readonly kind: 'feed'; readonly lines: number }
  | { readonly kind: 'codePage'; readonly select: number }
  | { readonly kind: 'cancelKanji' }
  | { readonly kind: 'cut'; readonly depth: 'partial' | 'full' }
  | { readonly kind: 'drawer'; readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number }
  | { readonly kind: 'qrModel' | 'qrSize' | 'qrCorrection'; readonly value: number }
  | { readonly kind: 'qrData'; readonly data: string }
  | { readonly kind: 'qrPrint' }
  | { readonly kind: 'raster'; readonly bytesPerRow: number; readonly height: number; readonly bits: Uint8Array }
  | { readonly kind: 'askStatus'; readonly which: 1 | 2 | 3 | 4 };

/** What the bytes from `at` begin with: a whole command, too few bytes to tell, or something that is no command. */
export type Reading =
  | { readonly kind: 'command'; readonly command: Command; readonly length: number }
  | { readonly kind: 'more' }
  | { readonly kind: 'unknown'; readonly length: number };

const more: Reading = { kind: 'more' };
const maxQrBytes = 7_089;

/** Reads one command. Pure; `bytes` may end anywhere. */
export function readCommand(bytes: Uint8Array, at: number): Reading {
  const first = bytes[at];
  if (first === undefined) return more;
  if (isText(first)) return readText(bytes, at);
  if (first === 0x0a) return command({ kind: 'lineFeed' }, 1);
  const second = bytes[at + 1];
  if (first === 0x1b || first === 0x1d || first === 0x1c || first === 0x10) {
    if (second === undefined) return more;
    const read = first === 0x1b ? readEsc : first === 0x1d ? readGs : first === 0x1c ? readFs : readDle;
    return read(bytes, at, second);
  }
  return unknown(1);
}

function isText(byte: number): boolean {
  return byte >= 0x20 && byte !== 0x7f;
}

function readText(bytes: Uint8Array, at: number): Reading {
  let end = at + 1;
  while (end < bytes.length && isText(bytes[end] ?? 0)) end++;
  return command({ kind: 'text', bytes: bytes.slice(at, end) }, end - at);
}

function readEsc(bytes: Uint8Array, at: number, letter: number): Reading {
  if (letter === 0x40) return command({ kind: 'reset' }, 2);
  if (letter === 0x70) return readDrawer(bytes, at);
  const n = bytes[at + 2];
  if (n === undefined) return 'Eadt'.includes(String.fromCharCode(letter)) ? more : unknown(2);
  if (letter === 0x45) return n <= 1 ? command({ kind: 'bold', on: n === 1 }, 3) : unknown(3);
  if (letter === 0x61) {
    const align = (['left', 'centre', 'right'] as const)[n];
    return align ? command({ kind: 'align', align }, 3) : unknown(3);
  }
  if (letter === 0x64) return command({ kind: 'feed', lines: n }, 3);
  if (letter === 0x74) return command({ kind: 'codePage', select: n }, 3);
  return unknown(2);
}

function readDrawer(bytes: Uint8Array, at: number): Reading {
  const pin = bytes[at + 2];
  const on = bytes[at + 3];
  const off = bytes[at + 4];
  if (pin !== undefined && pin > 1) return unknown(3);
  if (pin === undefined || on === undefined || off === undefined) return more;
  return command({ kind: 'drawer', pin: pin === 0 ? 2 : 5, onMs: on * 2, offMs: off * 2 }, 5);
}

function readGs(bytes: Uint8Array, at: number, letter: number): Reading {
  const n = bytes[at + 2];
  if (letter === 0x28) return readQr(bytes, at);
  if (letter === 0x76) return readRaster(bytes, at);
  if (n === undefined) return '!BV'.includes(String.fromCharCode(letter)) ? more : unknown(2);
  if (letter === 0x21) {
    const [width, height] = [n >> 4, n & 0x0f];
    return width <= 7 && height <= 7 ? command({ kind: 'size', width: width + 1, height: height + 1 }, 3) : unknown(3);
  }
  if (letter === 0x42) return n <= 1 ? command({ kind: 'inverse', on: n === 1 }, 3) : unknown(3);
  if (letter === 0x56) return n <= 1 ? command({ kind: 'cut', depth: n === 0 ? 'full' : 'partial' }, 3) : unknown(3);
  return unknown(2);
}

/** GS ( k pL pH 49 fn …: the QR functions. */
function readQr(bytes: Uint8Array, at: number): Reading {
  const head = bytes.subarray(at + 2, at + 7);
  if (head.length > 0 && head[0] !== 0x6b) return unknown(3);
  if (head.length > 3 && head[3] !== 0x31) return unknown(6);
  const [, low, high, , fn] = head;
  if (low === undefined || high === undefined || fn === undefined) return more;
  const size = low + high * 256;
  if (size < 3 || size > maxQrBytes + 3) return unknown(5);
  if (bytes.length < at + 5 + size) return more;
  const body = bytes.subarray(at + 7, at + 5 + size);
  const read = qrFunction(fn, body);
  return read ? command(read, 5 + size) : unknown(7);
}

function qrFunction(fn: number, body: Uint8Array): Command | undefined {
  const value = body[0] ?? 0;
  if (fn === 0x41 && body.length === 2) return { kind: 'qrModel', value };
  if (fn === 0x43 && body.length === 1 && value >= 1 && value <= 16) return { kind: 'qrSize', value };
  if (fn === 0x45 && body.length === 1 && value >= 0x30 && value <= 0x33) return { kind: 'qrCorrection', value };
  if (fn === 0x50 && value === 0x30) return { kind: 'qrData', data: Buffer.from(body.subarray(1)).toString('latin1') };
  if (fn === 0x51 && body.length === 1 && value === 0x30) return { kind: 'qrPrint' };
  return undefined;
}

/** GS v 0 m xL xH yL yH …: a picture, one bit a dot. */
function readRaster(bytes: Uint8Array, at: number): Reading {
  const [zero, mode, xLow, xHigh, yLow, yHigh] = bytes.subarray(at + 2, at + 8);
  if ((zero !== undefined && zero !== 0x30) || (mode !== undefined && mode !== 0)) return unknown(4);
  if (xLow === undefined || xHigh === undefined || yLow === undefined || yHigh === undefined) return more;
  const bytesPerRow = xLow + xHigh * 256;
  const height = yLow + yHigh * 256;
  if (bytesPerRow < 1 || height < 1) return unknown(8);
  const size = bytesPerRow * height;
  if (bytes.length < at + 8 + size) return more;
  return command({ kind: 'raster', bytesPerRow, height, bits: bytes.slice(at + 8, at + 8 + size) }, 8 + size);
}

function readFs(_bytes: Uint8Array, _at: number, letter: number): Reading {
  return letter === 0x2e ? command({ kind: 'cancelKanji' }, 2) : unknown(2);
}

function readDle(bytes: Uint8Array, at: number, letter: number): Reading {
  if (letter !== 0x04) return unknown(2);
  const n = bytes[at + 2];
  if (n === undefined) return more;
  return n === 1 || n === 2 || n === 3 || n === 4 ? command({ kind: 'askStatus', which: n }, 3) : unknown(3);
}

function command(read: Command, length: number): Reading {
  return { kind: 'command', command: read, length };
}

function unknown(length: number): Reading {
  return { kind: 'unknown', length };
}
