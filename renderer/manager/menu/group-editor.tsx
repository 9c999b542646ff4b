import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { menu } from '#api/operations/menu.ts';
import { ApiProblem } from '#api/problem.ts';
import { Trouble } from '#ui/states.tsx';
import { useCommands } from '../frame/commands.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { say } from '../frame/say.tsx';
import type { Group } from './dishes.tsx';
import { bodyOf, draftOf, emptyOption, type GroupDraft, isSame, mistakesIn, newGroup, wayBack } from './group.rules.ts';
import { GroupOptions } from './group-options.tsx';
import { texts } from './menu.texts.ts';

const words = texts.choices;
const kinds = ['choice', 'size', 'extra', 'removal'] as const;

interface GroupEditorProps {
  /** Null for a new one. */
  readonly group: Group | null;
  readonly groups: readonly Group[];
  readonly added: (id: string) => void;
}

/** One group of choices as a whole: it is saved at once or not at all, and never over what somebody else has saved. */
export function GroupEditor({ group, groups, added }: GroupEditorProps) {
  const draft = useDraft<GroupDraft>(`menu.group.${group?.id ?? 'new'}`, group === null ? newGroup : draftOf(group));
  const act = useAct();
  const lost = useIsLost();
  const { value } = draft;
  const mistakes = mistakesIn(value);
  const refused = act.problem instanceof ApiProblem ? act.problem.fields : {};
  const beside = (field: string): string | undefined => (draft.changed ? mistakes[field] : undefined) ?? refused[field];
  const overtaken = draft.changed && group !== null && value.seen !== null && !isSame(value.seen, group);
  const set = (part: Partial<GroupDraft>): void => {
    act.clear();
    draft.set({ ...value, ...part });
  };

  async function save(seen = value.seen): Promise<void> {
    if (!draft.changed || Object.keys(mistakes).length > 0) return;
    const body = bodyOf(value);
    const title = seen === null ? words.created(body.name) : words.saved(body.name);
    let id = group?.id ?? '';
    const done =
      seen === null
        ? await act.run({
            title,
            run: async (key) => {
              const answer = await change(menu.addGroup, { body }, { key });
              id = answer.data.id;
              return answer;
            },
            undo: ({ data }) => change(menu.changeGroup, { params: { group_id: data.id }, body: { active: false } }),
          })
        : await act.run({
            title,
            run: (key) => change(menu.changeGroup, { params: { group_id: seen.id }, body: { ...body, seen } }, { key }),
            undo: ({ data }) => change(menu.changeGroup, { params: { group_id: seen.id }, body: wayBack(seen, data) }),
          });
    if (!done) return;
    draft.clear();
    say(title, true);
    if (group === null) added(id);
  }
  useCommands([
    {
      id: 'menu.save-group',
      label: words.save,
      group: frame.groups.page,
      keys: 'mod+s',
      run: () => void (overtaken ? undefined : save()),
    },
  ]);
  const short = { className: 'group-short', inputMode: 'numeric', maxLength: 2 } as const;
  return (
    <form
      className="group-editor"
      aria-label={group === null ? words.newName : words.editor(group.name)}
      onSubmit={(event) => {
        event.preventDefault();
        if (!overtaken) void save();
      }}
    >
      <div className="group-fields">
        <TextInput
          label={words.name}
          value={value.name}
          maxLength={80}
          error={beside('name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <NativeSelect
          label={words.kind}
          value={value.kind}
          error={beside('kind')}
          data={kinds.map((kind) => ({ value: kind, label: words.kinds[kind] }))}
          onChange={(event) => set({ kind: kinds.find((kind) => kind === event.currentTarget.value) ?? 'choice' })}
        />
        <TextInput
          {...short}
          label={words.min}
          value={value.min}
          error={beside('min')}
          onChange={(event) => set({ min: event.currentTarget.value })}
        />
        <TextInput
          {...short}
          label={words.max}
          value={value.max}
          placeholder={words.noMax}
          error={beside('max')}
          onChange={(event) => set({ max: event.currentTarget.value })}
        />
        <TextInput
          {...short}
          label={words.free}
          value={value.free}
          error={beside('free') ?? beside('free_count')}
          onChange={(event) => set({ free: event.currentTarget.value })}
        />
        <Switch
          className="group-active"
          label={words.active}
          checked={value.active}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
      </div>
      <GroupOptions
        options={value.options}
        group={group}
        groups={groups}
        mistake={beside}
        set={(options) => set({ options })}
      />
      <div>
        <Button size="xs" variant="default" onClick={() => set({ options: [...value.options, emptyOption] })}>
          {words.addOption}
        </Button>
      </div>
      {overtaken && group !== null && (
        <section className="conflicts" aria-label={words.conflict}>
          <p>
            <strong>{words.conflict}</strong>
          </p>
          <p>
            {group.name} · {words.kinds[group.kind]} · {words.takes(group.min, group.max)} ·{' '}
            {group.options.map(({ name, price }) => (price === 0 ? name : `${name} £${price.toFixed(2)}`)).join(', ')}
          </p>
          <div className="menu-foot">
            <Button variant="default" disabled={lost} onClick={() => void save(group)}>
              {words.mine}
            </Button>
            <Button variant="default" onClick={draft.clear}>
              {words.theirs}
            </Button>
          </div>
        </section>
      )}
      {act.problem !== null && Object.keys(refused).length === 0 && !overtaken && <Trouble problem={act.problem} />}
      {draft.changed && !overtaken && (
        <div className="menu-foot">
          <span className="soft">{words.unsaved}</span>
          <Button variant="default" onClick={draft.clear}>
            {words.discard}
          </Button>
          <Button type="submit" loading={act.busy} disabled={lost || Object.keys(mistakes).length > 0}>
            {words.save}
          </Button>
        </div>
      )}
    </form>
  );
}
