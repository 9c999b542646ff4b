import { Button } from '@mantine/core';
import { useState } from 'react';
import { Empty } from '#ui/states.tsx';
import { useCommands } from '../frame/commands.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import type { Group } from './dishes.tsx';
import type { Dish } from './edits.rules.ts';
import { GroupEditor } from './group-editor.tsx';
import { texts } from './menu.texts.ts';

const words = texts.choices;

/** The groups of choices beside the one that is edited. */
export function Groups({ groups, dishes }: { groups: readonly Group[]; dishes: readonly Dish[] }) {
  const [chosen, setChosen] = useState<string | null>(groups[0]?.id ?? null);
  useCommands([
    { id: 'menu.add-group', label: words.add, group: frame.groups.page, keys: 'n', run: () => setChosen('new') },
  ]);
  const used = (id: string): number =>
    dishes.filter(({ active, modifier_group_ids }) => active && modifier_group_ids.includes(id)).length;
  const group = groups.find(({ id }) => id === chosen);
  return (
    <div className="groups">
      <section className="groups-list" aria-label={words.list}>
        {groups.length === 0 && <p className="soft">{words.none}</p>}
        <ul>
          {groups.map(({ id, name, kind, min, max, active }) => (
            <li key={id}>
              <button type="button" className="group-row" aria-pressed={id === chosen} onClick={() => setChosen(id)}>
                <span>
                  {name}
                  {!active && <span className="soft"> · {texts.categories.hidden}</span>}
                </span>
                <span className="soft">
                  {words.kinds[kind]} · {words.takes(min, max)} · {words.used(used(id))}
                </span>
              </button>
            </li>
          ))}
        </ul>
        <Button size="xs" variant="default" onClick={() => setChosen('new')}>
          {words.add}
        </Button>
      </section>
      {group === undefined && chosen !== 'new' ? (
        <Empty title={words.pick} />
      ) : (
        <GroupEditor key={chosen} group={group ?? null} groups={groups} added={setChosen} />
      )}
    </div>
  );
}
