import { Button, Group, Loader, Modal } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import type { z } from 'zod';
import { change } from '#api/client.ts';
import { printers } from '#api/operations/printers.ts';
import type { FoundPrintersDto } from '#contract/printers.ts';
import { Empty, Trouble } from '#ui/states.tsx';
import { texts } from './printers.texts.ts';

const words = texts.search;
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
  const look = useCallback(async (): Promise<void> => {
    setFound(null);
    setProblem(null);
    try {
      setFound((await change(printers.discover, {})).data);
    } catch (error) {
      setProblem(error as Error);
    }
  }, []);
  useEffect(() => void look(), [look]);
  return (
    <Modal opened onClose={close} title={words.title} size="lg">
      <div className="stack">
        <div role="status">
          {problem === null && found === null && (
            <p className="looking">
              <Loader size="sm" aria-hidden="true" /> {words.looking}
            </p>
          )}
          {found !== null && found.printers.length > 0 && (
            <p className="soft">{words.found(found.printers.length, found.looked_at)}</p>
          )}
          {found?.printers.length === 0 && <Empty title={words.none}>{words.noneHint}</Empty>}
        </div>
        {problem !== null && <Trouble problem={problem} />}
        {found !== null && (
          <ul className="lines">
            {strangersFirst(found.printers).map(({ address, name, known_as }) => (
              <li key={address}>
                <span>{known_as ?? name ?? words.unnamed}</span>
                <span className="soft figure">{address}</span>
                {known_as === null ? (
                  <Button
                    size="compact-sm"
                    aria-label={words.addLabel(address)}
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
          <Button variant="default" disabled={found === null && problem === null} onClick={() => void look()}>
            {words.again}
          </Button>
          <Button variant="default" onClick={close}>
            {words.done}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
