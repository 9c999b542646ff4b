import { Button, Modal, NativeSelect, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { menu } from '#api/operations/menu.ts';
import { ApiProblem } from '#api/problem.ts';
import { Trouble } from '#ui/states.tsx';
import { say } from '../frame/say.tsx';
import { poundsOf } from './cells.rules.ts';
import type { Category } from './dishes.tsx';
import { texts } from './menu.texts.ts';

const words = texts.fresh;

interface NewDishProps {
  readonly categories: readonly Category[];
  /** The one that is looked at. */
  readonly category: number | null;
  readonly close: () => void;
}

/** A dish by name, price and category; the rest follows from these and is changed in the grid. */
export function NewDish({ categories, category, close }: NewDishProps) {
  const first = {
    name: '',
    price: '',
    category: String(category ?? categories.find(({ active }) => active)?.id ?? ''),
  };
  const draft = useDraft('menu.new', first);
  // What was begun before may name a category that has gone since.
  const there = categories.some(({ active, id }) => active && String(id) === draft.value.category);
  const act = useAct();
  const lost = useIsLost();
  const name = useRef<HTMLInputElement>(null);
  const value = there ? draft.value : { ...draft.value, category: first.category };
  const price = poundsOf(value.price);
  const refused = act.problem instanceof ApiProblem ? act.problem.fields : {};
  const ready = value.name.trim() !== '' && price !== null && value.category !== '';
  const set = (part: Partial<typeof value>): void => {
    act.clear();
    draft.set({ ...value, ...part });
  };

  async function add(another: boolean): Promise<void> {
    if (!ready || price === null) return;
    const title = words.added(value.name.trim());
    const body = { name: value.name.trim(), price, category_id: Number(value.category) };
    const done = await act.run({
      title,
      run: (key) => change(menu.addProduct, { body }, { key }),
      undo: ({ data }) => change(menu.removeProduct, { params: { product_id: data.uuid } }),
    });
    if (!done) return;
    draft.clear();
    say(title, true);
    if (!another) return close();
    draft.set({ ...first, category: value.category });
    name.current?.focus();
  }
  return (
    <Modal opened onClose={close} title={words.title} size={460}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void add(false);
        }}
      >
        <TextInput
          ref={name}
          label={words.name}
          value={value.name}
          maxLength={80}
          error={refused['name']}
          data-autofocus
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label={words.price}
          leftSection="£"
          inputMode="decimal"
          value={value.price}
          error={value.price.trim() !== '' && price === null ? texts.mistakes.price : refused['price']}
          onChange={(event) => set({ price: event.currentTarget.value })}
        />
        <NativeSelect
          label={words.category}
          value={value.category}
          error={refused['category_id']}
          data={categories.filter(({ active }) => active).map(({ id, name }) => ({ value: String(id), label: name }))}
          onChange={(event) => set({ category: event.currentTarget.value })}
        />
        <p className="soft">{words.about}</p>
        {act.problem !== null && Object.keys(refused).length === 0 && <Trouble problem={act.problem} />}
        <div className="menu-foot">
          <Button variant="default" disabled={!ready || lost || act.busy} onClick={() => void add(true)}>
            {words.next}
          </Button>
          <Button type="submit" loading={act.busy} disabled={!ready || lost}>
            {words.add}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
