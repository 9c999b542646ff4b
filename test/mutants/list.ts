import { beyond } from './beyond.ts';
import type { Mutant } from './mutant.ts';
import { spine } from './spine.ts';

export const mutants: readonly Mutant[] = [...spine, ...beyond];
