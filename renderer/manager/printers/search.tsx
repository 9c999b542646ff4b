import { Button, Group, Modal } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { change } from '#api/client.ts';
import { printers } from '#api/operations/printers.ts';
import { useRead } from '#api/queries.ts';
import type { FoundPrintersDto } from '#contract/printers.ts';
import { Trouble } from '#ui/states.tsx';
import { texts } from './printers.texts.ts';

const words = texts.search;
const LOOK_MS = 250;
type Found = z.output<typeof FoundPrintersDto>;

/** What can be added, before what is in use already. */
const strangersFirst = (all: Found['printers']): Found['printers'] =>
  [...all].sort((a, b) => Number(a.known_as !== null) - Number(b.known_as !== null));

interface SearchProps {
  readonly close: () => void;
  readonly add: (found: { address: string; name: string }) => void;
}

/** Who in the network opens the door that printers listen behind. */
export function Search({ close, add }: SearchProps) {
  const [found, setFound] = useState<Found | null>(null);
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
  function stop(): void {
    way.current?.abort();
    setStopped(true);
  }
  const answered = soFar.addresses.map((address) => ({ address, name: null, known_as: null }));
  const all = found?.printers ?? (isLooking || stopped ? answered : []);
  return (
    <Modal opened onClose={close} title={words.title} size="lg">
      <div className="stack">
        {isLooking && (
          <div className="looking">
            <p>{words.looking(soFar.percent)}</p>
            <div
              className="looking-bar"
              role="progressbar"
              aria-label={words.title}
              aria-valuenow={soFar.percent}
              aria-valuemin={0}
              aria-valuemax={100}
            >
              <div style={{ width: `${soFar.percent}%` }} />
            </div>
          </div>
        )}
        <div role="status">
          {isLooking && soFar.percent >= 25 && (
            <span className="unseen">{words.announced(soFar.percent - (soFar.percent % 25))}</span>
          )}
          {stopped && <p className="soft">{words.stopped(all.length)}</p>}
          {found !== null && found.printers.length > 0 && (
            <p className="soft">{words.found(found.printers.length, found.looked_at)}</p>
          )}
          {found?.printers.length === 0 && <Nobody lookedAt={found.looked_at} />}
        </div>
        {problem !== null && <Trouble problem={problem} />}
        {all.length > 0 && (
          <ul className="lines">
            {strangersFirst(all).map(({ address, name, known_as }) => (
              <li key={address}>
                <span>{known_as ?? name ?? words.unnamed}</span>
                <span className="soft figure">{address}</span>
                {known_as === null ? (
                  <Button
                    size="compact-sm"
                    aria-label={words.addLabel(address)}
                    disabled={isLooking}
                    onClick={() => add({ address, name: name ?? '' })}
                  >
                    {words.add}
                  </Button>
                ) : (
                  <span className="soft">{words.known}</span>
                )}
              </li>
            ))}
          </ul>
        )}
        <Group justify="flex-end">
          {found?.printers.length === 0 && (
            <Button variant="default" onClick={() => add({ address: '', name: '' })}>
              {words.byHand}
            </Button>
          )}
          {isLooking ? (
            <Button variant="default" onClick={stop}>
              {words.stop}
            </Button>
          ) : (
            <Button variant="default" onClick={() => void look()}>
              {words.again}
            </Button>
          )}
          <Button variant="default" onClick={close}>
            {words.done}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}

/** What to look at when nobody answered; the first of it the store server knows by itself. */
function Nobody({ lookedAt }: { lookedAt: number }) {
  const isOnNetwork = lookedAt > 0;
  return (
    <div className="nobody">
      <p className="nobody-title">{words.none}</p>
      <ul>
        <li data-ok={isOnNetwork}>
          {isOnNetwork ? <IconCheck size={16} aria-hidden="true" /> : <IconX size={16} aria-hidden="true" />}
          {isOnNetwork ? words.network(lookedAt) : words.noNetwork}
        </li>
        {Object.values(words.checks).map((check) => (
          <li key={check}>
            <span className="nobody-dot" aria-hidden="true" />
            {check}
          </li>
        ))}
      </ul>
    </div>
  );
}
