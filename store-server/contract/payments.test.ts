import { expect, test } from 'vitest';
import { holdsCardNumber } from './payments.ts';

test.each([
  '4111111111111111',
  'card 4111 1111 1111 1111',
  '5555-5555-5555-4444',
  'amex 378282246310005',
  'visa4242424242424242x',
])('%s is a card number', (text) => expect(holdsCardNumber(text)).toBe(true));

test.each([
  // Its digits happen to pass the schemes' check once the hyphens are gone.
  'ba309100-9496-486d-ac53-3fb597e84d2b',
  'sumup 12345678-1234-4234-8234-123456789012',
  // Begins with 0, as receipts of terminals do.
  '0000000000000',
  '4111 1111 1111 1112',
  '004217',
])('%s is a terminal’s own reference', (text) => expect(holdsCardNumber(text)).toBe(false));
