import { Button } from '@mantine/core';
import { type Choices, inWords } from './cells.rules.ts';
import { texts } from './menu.texts.ts';
import type { MenuWork } from './use-menu-edits.ts';

const words = texts.conflicts;

/** Cells that somebody else has changed since this person began: both values, and which of them counts. */
export function Conflicts({ work, choices }: { work: MenuWork; choices: Choices }) {
  if (work.conflicts.length === 0) return null;
  return (
    <section className="conflicts" aria-label={words.title}>
      <h2>{words.title}</h2>
      <ul>
        {work.conflicts.map((edit) => {
          const { dish, field, seen, mine } = edit;
          const say = (value: unknown): string => inWords(field, value, choices);
          const row = words.row(dish.name, texts.columns[field]);
          return (
            <li key={`${dish.uuid}.${field}`}>
              <span>
                <strong>{row}</strong>: {words.values(say(seen), say(dish[field]), edit.typed ?? say(mine))}
              </span>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`${words.mine}: ${row}`}
                onClick={() => work.decide(edit, 'mine')}
              >
                {words.mine}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={`${words.theirs}: ${row}`}
                onClick={() => work.decide(edit, 'theirs')}
              >
                {words.theirs}
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
