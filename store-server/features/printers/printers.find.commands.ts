import { z } from 'zod';
import type { FoundPrintersDto, SearchStateDto } from '#contract/printers.ts';
import { defineCommand } from '../../commands/define.ts';
import { Problem } from '../../kernel/verdict.ts';
import { printers } from './printers.reads.ts';

/** What answered in the network, and at how many addresses somebody knocked. */
export interface Search {
  readonly found: readonly { readonly address: string; readonly name: string | null }[];
  readonly lookedAt: number;
}
/** How far it is, from 0 to 1, and who has answered so far. */
export interface SearchStep {
  readonly done: number;
  readonly addresses: readonly string[];
}
export type FindPrinters = (tell: (step: SearchStep) => void) => Promise<Search>;

/** Looks for printers in the store's own network. Two who ask at once share one search. */
export function searchOf(find: FindPrinters) {
  let running: Promise<Search> | null = null;
  let step: SearchStep = { done: 0, addresses: [] };
  const search = (): Promise<Search> => {
    if (running !== null) return running;
    step = { done: 0, addresses: [] };
    running = find((now) => {
      step = now;
    }).finally(() => {
      running = null;
    });
    return running;
  };
  const state = (): z.output<typeof SearchStateDto> => ({
    running: running !== null,
    percent: Math.round(step.done * 100),
    addresses: [...step.addresses],
  });
  const discover = defineCommand({
    name: 'printers.discover',
    permission: 'printers.change',
    keepsReceipt: false,
    input: z.strictObject({}),
    prepare: async ({ caller }) => {
      if (!caller.actor.may('printers.change')) throw new Problem('FORBIDDEN', { permission: 'printers.change' });
      return search();
    },
    handle({ tx }, _input, { found, lookedAt }: Search): z.output<typeof FoundPrintersDto> {
      const known = new Map(printers(tx.connection).map(({ address, name }) => [address, name]));
      return {
        printers: found.map(({ address, name }) => ({ address, name, known_as: known.get(address) ?? null })),
        looked_at: lookedAt,
      };
    },
  });
  return { discover, state };
}
