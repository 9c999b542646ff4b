import { Problem } from '../kernel/verdict.ts';

/** Deepest nesting of lists and objects that is read. Nothing we take needs more than eight. */
const DEEPEST = 32;

/** Names by which JavaScript objects reach their prototypes; no field of ours is called so. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Insists that parsed JSON holds nothing that would trip somebody later on: nesting that exhausts a stack, names that
 * reach prototypes, numbers too big to be numbers, and text that cannot be stored or printed faithfully.
 * @throws Problem VALIDATION_ERROR naming the field
 */
export function insistPlainJson(value: unknown): void {
  look(value, '', 0);
}

function look(value: unknown, path: string, depth: number): void {
  if (typeof value === 'string') {
    if (!isPlainText(value)) throw odd(path, 'has a character that cannot be stored');
  } else if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw odd(path, 'has to be an ordinary number');
  } else if (value !== null && typeof value === 'object') {
    if (depth >= DEEPEST) throw odd(path.slice(0, 100), 'is nested too deeply');
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) look(value[index], path, depth + 1);
    } else {
      for (const [name, member] of Object.entries(value)) {
        const here = path === '' ? name.slice(0, 100) : `${path}.${name.slice(0, 100)}`;
        if (forbidden.has(name) || !isPlainText(name)) throw odd(here, 'is a name that cannot be used');
        look(member, here, depth + 1);
      }
    }
  }
}

/** Whether text has no NUL and no half of a character (a lone surrogate). */
export const isPlainText = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed();

function odd(path: string, words: string): Problem {
  const field = (path === '' ? 'body' : path).replaceAll('\u0000', '').toWellFormed();
  const message = `${field} ${words}.`;
  return new Problem('VALIDATION_ERROR', { field, validation_errors: [{ field, message, type: 'not_plain' }] });
}
