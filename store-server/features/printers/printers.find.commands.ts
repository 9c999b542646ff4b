import { z } from 'zod';
import type { FoundPrintersDto } from '#contract/printers.ts';
import { defineCommand } from '../../commands/define.ts';
import { Problem } from '../../kernel/verdict.ts';
import { printers } from './printers.reads.ts';

/** What answered in the network, and at how many addresses somebody knocked. */
export interface Search {
  readonly found: readonly { readonly address: string; readonly name: string | null }[];
  readonly lookedAt: number;
}
export type FindPrinters = () => Promise<Search>;

/** Looks for printers in the store's own network. Two who ask at once share one search. */
export function findCommand(find: FindPrinters) {
  let running: Promise<Search> | null = null;
  const search = (): Promise<Search> => {
    running ??= find().finally(() => {
      running = null;
    });
    return running;
  };
  return defineCommand({
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
}
