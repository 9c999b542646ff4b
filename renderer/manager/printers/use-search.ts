import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { change } from '#api/client.ts';
import { printers } from '#api/operations/printers.ts';
import { useRead } from '#api/queries.ts';
import type { FoundPrintersDto } from '#contract/printers.ts';

const LOOK_MS = 250;
type Answer = z.output<typeof FoundPrintersDto>;
export type Found = Answer['printers'][number];

/** A look through the store's network for printers; begun at once, and ended with whoever wanted it. */
export interface Search {
  readonly isLooking: boolean;
  /** 0 to 100. */
  readonly percent: number;
  /** Who has answered by now; what can be added before what is in use already. */
  readonly all: readonly Found[];
  /** How many addresses were asked; null until it came to its end. */
  readonly lookedAt: number | null;
  /** Somebody had enough of it. */
  readonly stopped: boolean;
  readonly problem: Error | null;
  look(): void;
  stop(): void;
}

const strangersFirst = (all: readonly Found[]): readonly Found[] =>
  [...all].sort((a, b) => Number(a.known_as !== null) - Number(b.known_as !== null));

export function useSearch(): Search {
  const [found, setFound] = useState<Answer | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const [stopped, setStopped] = useState(false);
  const way = useRef<AbortController | null>(null);
  const isLooking = found === null && problem === null && !stopped;
  const state = useRead(printers.searchState, {}, { wanted: isLooking, every: LOOK_MS });
  const soFar = state.data ?? { percent: 0, addresses: [] };
  const look = useCallback(async (): Promise<void> => {
    setFound(null);
    setProblem(null);
    setStopped(false);
    const mine = new AbortController();
    way.current = mine;
    try {
      setFound((await change(printers.discover, {}, { signal: mine.signal })).data);
    } catch (error) {
      if (!mine.signal.aborted) setProblem(error as Error);
    }
  }, []);
  useEffect(() => {
    void look();
    return () => way.current?.abort();
  }, [look]);
  const answered = soFar.addresses.map((address) => ({ address, name: null, known_as: null }));
  return {
    isLooking,
    percent: soFar.percent,
    all: strangersFirst(found?.printers ?? (isLooking || stopped ? answered : [])),
    lookedAt: found?.looked_at ?? null,
    stopped,
    problem,
    look: () => void look(),
    stop() {
      way.current?.abort();
      setStopped(true);
    },
  };
}
