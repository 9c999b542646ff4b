import type { IconServer } from '@tabler/icons-react';
import type { Level } from '#ui/signs.tsx';
import { useBackupFact } from './facts/backup.ts';
import { useBrokenFact } from './facts/broken.ts';
import { useDevicesFact } from './facts/devices.ts';
import { usePrintersFact } from './facts/printers.ts';
import { useRelayFact } from './facts/relay.ts';
import { useRestoredFact } from './facts/restored.ts';
import { useServerFact } from './facts/server.ts';

/** One true thing about the system: a few words for the bar, a sentence for the pill. */
export interface Fact {
  readonly id: string;
  readonly level: Level;
  readonly words: string;
  readonly sentence: string;
  /** What still works all the same, as a sentence. */
  readonly goesOn?: string;
  /** For something that is not as it should be: what it is about. */
  readonly Icon?: typeof IconServer;
  /** Where in the window it is looked at or mended, and in words what one does there. */
  readonly to?: string;
  readonly action?: string;
  /** A page of the server’s beside the window. */
  readonly page?: string;
}

/** All that is known now. A source answers null while it does not know, or where the person may not. */
export function useFacts(): readonly Fact[] {
  const sources = [
    useServerFact(),
    useBrokenFact(),
    useRestoredFact(),
    usePrintersFact(),
    useDevicesFact(),
    useRelayFact(),
    useBackupFact(),
  ];
  return sources.filter((fact) => fact !== null);
}

const levels: readonly Level[] = ['bad', 'warn', 'info', 'ok', 'neutral'];

/** The fact that a manager has to hear first; null while nothing is known. */
export const worstOf = (facts: readonly Fact[]): Fact | null =>
  [...facts].sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))[0] ?? null;
