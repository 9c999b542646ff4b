import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalJson, hmacSha256, sha256 } from './hashing.ts';

test('pieces are hashed as if they had been one', () => {
  const whole = createHash('sha256')
    .update('Crème brûlée')
    .update(Buffer.from([0, 255]))
    .digest();
  expect(sha256('Crème', ' brûlée', Buffer.from([0, 255]))).toEqual(whole);
  expect(sha256('Crème brûlée')).toEqual(createHash('sha256').update('Crème brûlée').digest());
  expect(sha256()).toEqual(createHash('sha256').digest());
});

test.each([0, 1, 32, 64])('a text signed with a key of %i bytes is signed as everybody else signs it', (bytes) => {
  const key = Buffer.from(Array.from({ length: bytes }, (_, n) => (n * 37) & 255));
  const sign = hmacSha256(key);
  for (const text of ['', 'table 7', 'é'.repeat(500)]) {
    expect(sign(text)).toEqual(createHmac('sha256', key).update(text).digest());
  }
});

test('a key that does not fit one block is refused', () => {
  expect(() => hmacSha256(Buffer.alloc(65))).toThrow(RangeError);
});

test('two bodies that say the same have the same text, whatever the order of their fields', () => {
  expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: undefined, é: true })).toBe(
    canonicalJson({ é: true, b: [1, { c: 'x', d: null }] }),
  );
  expect(canonicalJson({ 10: 'ten', 9: 'nine', a: 1 })).toBe('{"10":"ten","9":"nine","a":1}');
  expect([canonicalJson(undefined), canonicalJson(null), canonicalJson({})]).toEqual(['null', 'null', '{}']);
});
