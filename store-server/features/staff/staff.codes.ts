import type { Ids } from '../../kernel/ids.ts';

/** No letter or digit that looks like another one. */
const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const EVEN = Math.floor(256 / alphabet.length) * alphabet.length;

export const DEVICE_CODE_LENGTH = 8;
export const SETUP_CODE_LENGTH = 12;

/** A code that a person can read out and type; every character is equally likely. */
export function newCode(ids: Ids, length: number): string {
  let code = '';
  while (code.length < length) {
    for (const byte of ids.secret(length)) {
      if (byte < EVEN && code.length < length) code += alphabet[byte % alphabet.length];
    }
  }
  return code;
}

/** What was typed, without the dashes, spaces and small letters that people put in. */
export const readCode = (typed: string): string => typed.replace(/[\s-]/g, '').toUpperCase();

/** In fours, as it is printed on the console. */
export const inFours = (code: string): string => (code.match(/.{1,4}/g) ?? []).join('-');
