import { Button, Modal, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { menu } from '#api/operations/menu.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRefresh } from '#api/queries.ts';
import { Trouble } from '#ui/states.tsx';
import { say } from '../frame/say.tsx';
import { StationForm } from '../stations/station-form.tsx';
import type { Choices } from './cells.rules.ts';
import type { Category } from './dishes.tsx';
import { texts } from './menu.texts.ts';

const words = texts.categories;
/** The last choice of the station field: one that is not there yet. */
const ADD = 'add';

interface CategoryDialogProps {
  readonly category: Category | null;
  readonly categories: readonly Category[];
  readonly stations: Choices['stations'];
  readonly close: () => void;
  /** It is made for the sake of a dish that is to stand in it. */
  readonly first?: boolean;
  readonly onSaved?: (categoryId: number) => void;
}

const fieldsOf = ({ name, station_id, parent_id, active }: Category) => ({ name, station_id, parent_id, active });

/** A category's name, where its dishes are made, and where it stands. */
export function CategoryDialog({ category, categories, stations, close, first, onSaved }: CategoryDialogProps) {
  const before = category === null ? { name: '', station_id: null, parent_id: null, active: true } : fieldsOf(category);
  const draft = useDraft(`menu.category.${category?.uuid ?? 'new'}`, before);
  const act = useAct();
  const lost = useIsLost();
  const refresh = useRefresh();
  const [adding, setAdding] = useState(false);
  const { value } = draft;
  const refused = act.problem instanceof ApiProblem ? act.problem.fields : {};
  const set = (part: Partial<typeof value>): void => draft.set({ ...value, ...part });

  async function save(): Promise<void> {
    const name = value.name.trim();
    if (name === '') return;
    const title = category === null ? words.added(name) : words.changed(name);
    const undoTo = (id: number, body: Partial<typeof before>) =>
      change(menu.changeCategory, { params: { category_id: id }, body });
    let id = category?.id ?? 0;
    const done = await act.run({
      title,
      async run(key) {
        const body = { ...value, name };
        const answer = await (category === null
          ? change(menu.addCategory, { body }, { key })
          : change(menu.changeCategory, { params: { category_id: category.id }, body }, { key }));
        id = answer.data.id;
        return answer;
      },
      undo: ({ data }) => undoTo(data.id, category === null ? { active: false } : before),
    });
    if (!done) return;
    draft.clear();
    refresh(menu.categories);
    say(title, true);
    close();
    onSaved?.(id);
  }
  return (
    <Modal
      opened
      onClose={close}
      closeOnEscape={!adding}
      title={category === null ? words.newTitle : words.editTitle(category.name)}
      size={440}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {first === true && <p className="soft">{words.first}</p>}
        <TextInput
          label={words.name}
          value={value.name}
          maxLength={80}
          error={refused['name']}
          data-autofocus
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={words.station}
          value={value.station_id ?? ''}
          error={refused['station_id']}
          data={[
            { value: '', label: words.noStation },
            ...stations
              .filter(({ id, active }) => active || id === value.station_id)
              .map(({ id, name, active }) => ({ value: id, label: active ? name : words.retired(name) })),
            { value: ADD, label: words.addStation },
          ]}
          onChange={({ currentTarget: { value: chosen } }) => {
            if (chosen === ADD) setAdding(true);
            else set({ station_id: chosen === '' ? null : chosen });
          }}
        />
        <NativeSelect
          label={words.parent}
          value={value.parent_id === null ? '' : String(value.parent_id)}
          error={refused['parent_id']}
          data={[
            { value: '', label: words.noParent },
            ...categories
              .filter(({ id }) => id !== category?.id)
              .map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          onChange={(event) =>
            set({ parent_id: event.currentTarget.value === '' ? null : Number(event.currentTarget.value) })
          }
        />
        <Switch
          label={words.active}
          checked={value.active}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
        {act.problem !== null && Object.keys(refused).length === 0 && <Trouble problem={act.problem} />}
        <div className="menu-foot">
          <Button variant="default" onClick={close}>
            {words.leave}
          </Button>
          <Button type="submit" loading={act.busy} disabled={lost || value.name.trim() === ''}>
            {words.save}
          </Button>
        </div>
      </form>
      {adding && (
        <StationForm station={null} close={() => setAdding(false)} onSaved={(id) => set({ station_id: id })} />
      )}
    </Modal>
  );
}
