import { ActionIcon, Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { CategoryDialog } from './category-dialog.tsx';
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
          category={editing === 'new' ? null : (categories.find(({ id }) => id === editing.id) ?? editing)}
          categories={categories}
          stations={stations}
          close={() => setEditing(null)}
        />
      )}
    </section>
  );
}
