import { Button, Modal, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useIsLost } from '#api/connection.ts';
import { ApiProblem } from '#api/problem.ts';
import { Conflict } from '#ui/conflict.tsx';
import { Trouble } from '#ui/states.tsx';
import { StationForm } from '../stations/station-form.tsx';
import type { Choices } from './cells.rules.ts';
import type { Category } from './dishes.tsx';
import { texts } from './menu.texts.ts';
import { type Fields, useCategoryForm } from './use-category-form.ts';

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

/** A category's name, where its dishes are made, and where it stands. */
export function CategoryDialog({ category, categories, stations, close, first, onSaved }: CategoryDialogProps) {
  const lost = useIsLost();
  const [adding, setAdding] = useState(false);
  const { value, set, conflicts, decide, act, save } = useCategoryForm(category, (id) => {
    close();
    onSaved?.(id);
  });
  const refused = act.problem instanceof ApiProblem ? act.problem.fields : {};
  // Who was a moment faster stands beside the field.
  const isOvertaken = act.problem instanceof ApiProblem && act.problem.code === 'VERSION_CONFLICT';
  const inWords: Readonly<Record<keyof Fields, (of: Fields) => string>> = {
    name: ({ name }) => name,
    station_id: (of) => stations.find(({ id }) => id === of.station_id)?.name ?? words.noStation,
    parent_id: (of) => categories.find(({ id }) => id === of.parent_id)?.name ?? words.noParent,
    active: ({ active }) => (active ? words.active : words.inactive),
  };
  const conflict = (field: keyof Fields, label: string) =>
    category !== null &&
    conflicts.includes(field) && (
      <Conflict
        label={label}
        by={null}
        theirs={inWords[field](category)}
        mine={inWords[field](value)}
        decide={(keep) => decide(field, keep)}
      />
    );
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
          if (value.name.trim() !== '' && conflicts.length === 0) void save();
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
        {conflict('name', words.name)}
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
        {conflict('station_id', words.station)}
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
        {conflict('parent_id', words.parent)}
        <Switch
          label={words.active}
          checked={value.active}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
        {conflict('active', words.active)}
        {act.problem !== null && !isOvertaken && Object.keys(refused).length === 0 && <Trouble problem={act.problem} />}
        <div className="menu-foot">
          <Button variant="default" onClick={close}>
            {words.leave}
          </Button>
          <Button type="submit" loading={act.busy} disabled={lost || value.name.trim() === '' || conflicts.length > 0}>
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
