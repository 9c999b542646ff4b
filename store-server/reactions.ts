import type { Reactions } from './commands/perform.ts';

/** "When X, then Y in the same transaction", one line each: a fact's kind and a feature's verb. */
export const reactions: Reactions = new Map();
