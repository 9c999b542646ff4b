import { ActionIcon, Button, Modal, NativeSelect, Switch, TextInput } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { menu } from '#api/operations/menu.ts';
import { ApiProblem } from '#api/problem.ts';
import { Trouble } from '#ui/states.tsx';
import { say } from '../frame/say.tsx';
import type { Choices } from './cells.rules.ts';
import type { Category } from './dishes.tsx';
import type { Dish } from './edits.rules.ts';
import { texts } from './menu.texts.ts';

const words = texts.categories;

interface CategoriesProps {
  readonly all: readonly Dish[];
  readonly categories: readonly Category[];
  readonly stations: Choices['stations'];
  readonly chosen: number | null;
  readonly choose: (category: number | null) => void;
}

/** The categories with how many dishes each has; one of them can be looked at alone. */
export function Categories({ all, categories, stations, chosen, choose }: CategoriesProps) {
  const [editing, setEditing] = useState<Category | 'new' | null>(null);
  const onMenu = all.filter(({ active }) => active);
  const number = (id: number): number => onMenu.filter(({ category_id }) => category_id === id).length;
  const sections = [...categories].sort((a, b) => Number(b.active) - Number(a.active) || a.sort_order - b.sort_order);
  return (
    <section className="menu-categories" aria-label={words.title}>
      <ul>
        <li>
          <button type="button" className="menu-category" aria-pressed={chosen === null} onClick={() => choose(null)}>
            {words.all} <span className="soft figure">{onMenu.length}</span>
          </button>
        </li>
        {sections.map((category) => (
          <li key={category.id}>
            <button
              type="button"
              className="menu-category"
              aria-pressed={chosen === category.id}
              onClick={() => choose(chosen === category.id ? null : category.id)}
            >
              <span>
                {category.name}
                {!category.active && <span className="soft"> · {words.hidden}</span>}
              </span>
              <span className="soft figure">{number(category.id)}</span>
            </button>
            {chosen === category.id && (
              <ActionIcon
                variant="subtle"
                size={28}
                aria-label={words.edit(category.name)}
                onClick={() => setEditing(category)}
              >
                <IconPencil size={14} stroke={1.75} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <Button size="xs" variant="default" onClick={() => setEditing('new')}>
        {words.add}
      </Button>
      {editing !== null && (
        <CategoryDialog
          category={editing === 'new' ? null : editing}
          categories={categories}
          stations={stations}
          close={() => setEditing(null)}
        />
      )}
    </section>
  );
}

interface CategoryDialogProps {
  readonly category: Category | null;
  readonly categories: readonly Category[];
  readonly stations: Choices['stations'];
  readonly close: () => void;
}

const fieldsOf = ({ name, station_id, parent_id, active }: Category) => ({ name, station_id, parent_id, active });

function CategoryDialog({ category, categories, stations, close }: CategoryDialogProps) {
  const before = category === null ? { name: '', station_id: null, parent_id: null, active: true } : fieldsOf(category);
  const draft = useDraft(`menu.category.${category?.uuid ?? 'new'}`, before);
  const act = useAct();
  const lost = useIsLost();
  const { value } = draft;
  const refused = act.problem instanceof ApiProblem ? act.problem.fields : {};
  const set = (part: Partial<typeof value>): void => draft.set({ ...value, ...part });

  async function save(): Promise<void> {
    const name = value.name.trim();
    if (name === '') return;
    const title = category === null ? words.added(name) : words.changed(name);
    const undoTo = (id: number, body: Partial<typeof before>) =>
      change(menu.changeCategory, { params: { category_id: id }, body });
    const done = await act.run({
      title,
      run: (key) =>
        category === null
          ? change(menu.addCategory, { body: { ...value, name } }, { key })
          : change(menu.changeCategory, { params: { category_id: category.id }, body: { ...value, name } }, { key }),
      undo: ({ data }) => undoTo(data.id, category === null ? { active: false } : before),
    });
    if (!done) return;
    draft.clear();
    close();
    say(title, true);
  }
  return (
    <Modal
      opened
      onClose={close}
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
            ...stations.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(event) => set({ station_id: event.currentTarget.value === '' ? null : event.currentTarget.value })}
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
    </Modal>
  );
}
