import { Button, Group, Modal } from '@mantine/core';
import { texts } from './printers.texts.ts';
import { Searching } from './searching.tsx';
import { useSearch } from './use-search.ts';

const words = texts.search;

interface SearchProps {
  readonly close: () => void;
  readonly add: (found: { address: string; name: string }) => void;
}

/** Who in the network opens the door that printers listen behind. */
export function Search({ close, add }: SearchProps) {
  const search = useSearch();
  const { isLooking, all, lookedAt } = search;
  return (
    <Modal opened onClose={close} title={words.title} size="lg">
      <div className="stack">
        <Searching {...search} />
        {all.length > 0 && (
          <ul className="lines">
            {all.map(({ address, name, known_as }) => (
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
          {lookedAt !== null && all.length === 0 && (
            <Button variant="default" onClick={() => add({ address: '', name: '' })}>
              {words.byHand}
            </Button>
          )}
          {isLooking ? (
            <Button variant="default" onClick={search.stop}>
              {words.stop}
            </Button>
          ) : (
            <Button variant="default" onClick={search.look}>
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
