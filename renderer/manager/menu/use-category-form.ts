import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useFieldEdits } from '#api/field-edits.ts';
import { menu } from '#api/operations/menu.ts';
import { useRefresh } from '#api/queries.ts';
import { say } from '../frame/say.tsx';
import type { Category } from './dishes.tsx';
import { texts } from './menu.texts.ts';

const words = texts.categories;

/** What somebody can say of a category. */
export type Fields = Pick<Category, 'name' | 'station_id' | 'parent_id' | 'active'>;
const fieldsOf = ({ name, station_id, parent_id, active }: Fields): Fields => ({ name, station_id, parent_id, active });
const newCategory: Fields = { name: '', station_id: null, parent_id: null, active: true };

/** As it is sent. */
const bodyOf = (fields: Partial<Fields>): Partial<Fields> => ({
  ...fields,
  ...(fields.name === undefined ? {} : { name: fields.name.trim() }),
});

/** A category that is being added, or changed: then only what was changed is sent, and what this person saw. */
export function useCategoryForm(category: Category | null, onSaved: (categoryId: number) => void) {
  const work = useFieldEdits(`menu.category.changes.${category?.uuid ?? 'new'}`, fieldsOf(category ?? newCategory));
  const act = useAct();
  const refresh = useRefresh();
  const { value } = work;
  const name = value.name.trim();
  const title = category === null ? words.added(name) : words.changed(name);
  const alter = (id: number, body: Partial<Fields>, seen: Partial<Fields>, key?: string) =>
    change(
      menu.changeCategory,
      { params: { category_id: id }, body: { ...body, seen } },
      key === undefined ? {} : { key },
    );

  async function save(): Promise<void> {
    const [wanted, seen] = [bodyOf(work.change), bodyOf(work.seen)];
    if (category !== null && Object.keys(wanted).length === 0) return onSaved(category.id);
    let id = category?.id ?? 0;
    const done = await act.run({
      title,
      async run(key) {
        const answer = await (category === null
          ? change(menu.addCategory, { body: { ...value, name } }, { key })
          : alter(category.id, wanted, seen, key));
        id = answer.data.id;
      },
      // Back to what it was, unless somebody has changed it again.
      undo: () => (category === null ? alter(id, { active: false }, { active: true }) : alter(id, seen, wanted)),
    });
    refresh(menu.categories);
    if (!done) return;
    work.clear();
    say(title, true);
    onSaved(id);
  }
  return { value, set: work.set, conflicts: work.conflicts, decide: work.decide, act, save };
}
