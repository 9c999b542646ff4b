import { crc32, deflateSync } from 'node:zlib';

/** Told apart without colour: a full ring, half of one, and a thin outline with a stroke in it. */
export type TrayShape = 'solid' | 'half' | 'outline';

const SIZE = 32;
const CENTRE = (SIZE - 1) / 2;
/** Tries per pixel and direction: enough for a smooth edge. */
const FINE = 4;

/**
 * The tray's icon as a PNG of 32 by 32 pixels, drawn here so that no file has to be kept in step with the states.
 * @param colour red, green, blue, each from 0 to 255
 */
export function trayPicture(shape: TrayShape, colour: readonly [number, number, number]): Uint8Array {
  const rows = Buffer.alloc(SIZE * (1 + SIZE * 4));
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      // Each row starts with its filter: none.
      const at = y * (1 + SIZE * 4) + 1 + x * 4;
      rows.set([...colour, Math.round(255 * covered(shape, x, y))], at);
    }
  }
  return png(rows);
}

/** How much of a pixel is inside the shape, from 0 to 1. */
function covered(shape: TrayShape, x: number, y: number): number {
  let inside = 0;
  for (let i = 0; i < FINE; i += 1) {
    for (let j = 0; j < FINE; j += 1) {
      if (isInside(shape, x - 0.5 + (i + 0.5) / FINE - CENTRE, y - 0.5 + (j + 0.5) / FINE - CENTRE)) inside += 1;
    }
  }
  return inside / (FINE * FINE);
}

/** Seen from the middle, in pixels; y grows downwards. */
function isInside(shape: TrayShape, x: number, y: number): boolean {
  const far = Math.hypot(x, y);
  if (far > 14.5) return false;
  if (shape === 'solid') return far >= 6.5;
  if (shape === 'half') return far >= 6.5 && (y >= 0 || far >= 13);
  return far >= 12.5 || (Math.abs(x) <= 1.75 && ((y >= -8 && y <= 3) || (y >= 5.5 && y <= 8.5)));
}

function png(rows: Buffer): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  // Eight bits per channel, with transparency.
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}
