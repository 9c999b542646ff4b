import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useDraft } from '#api/drafts.ts';
import { backups, secondFolder } from '#api/operations/backups.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRefresh } from '#api/queries.ts';
import type { PlaceDto } from '#contract/backups.ts';
import { Card } from '#ui/page.tsx';
import { Shape } from '#ui/signs.tsx';
import { Trouble } from '#ui/states.tsx';
import { useMay } from '../frame/may.ts';
import { say } from '../frame/say.tsx';
import { texts } from './backups.texts.ts';
import { sizeOf } from './sizes.ts';

const words = texts.places;

/** Where copies lie, what is wrong there, and the second folder. */
export function Places({ places }: { places: readonly PlaceDto[] }) {
  const may = useMay()('backups.restore');
  const second = places.find(({ place }) => place === 'second')?.folder ?? '';
  const draft = useDraft('backups.folder', second);
  const [open, setOpen] = useState(draft.changed);
  return (
    <Card title={words.title}>
      <ul className="places">
        {places.map(({ place, folder, free_bytes, problem }) => (
          <li key={place}>
            <Shape level={problem === null ? 'ok' : 'warn'} />
            <div>
              <p>
                <strong>{words[place]}</strong>
                {free_bytes !== null && <span className="soft"> · {words.free(sizeOf(free_bytes))}</span>}
              </p>
              <p className="place-folder">{folder}</p>
              {problem !== null && <p className="place-problem">{problem}</p>}
            </div>
          </li>
        ))}
      </ul>
      {second === '' && !open && <p>{words.onlyOne}</p>}
      {may && !open && (
        <div>
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            {second === '' ? words.choose : words.change}
          </Button>
        </div>
      )}
      {may && open && <FolderForm now={second} draft={draft} close={() => setOpen(false)} />}
    </Card>
  );
}

interface FolderFormProps {
  readonly now: string;
  readonly draft: ReturnType<typeof useDraft<string>>;
  readonly close: () => void;
}

function FolderForm({ now, draft, close }: FolderFormProps) {
  const act = useAct();
  const refresh = useRefresh();
  const lost = useIsLost();
  const choose = (folder: string, key?: string) =>
    change(secondFolder.choose, { body: { folder } }, key === undefined ? {} : { key });

  async function save(folder: string): Promise<void> {
    const done = await act.run({ title: words.saved, run: (key) => choose(folder, key), undo: () => choose(now) });
    if (!done) return;
    draft.clear();
    refresh(backups.list);
    say(words.saved, true);
    close();
  }
  const { problem } = act;
  const beside = problem instanceof ApiProblem ? problem.fields['folder'] : undefined;
  return (
    <form
      className="place-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save(draft.value);
      }}
    >
      <TextInput
        label={words.folder}
        description={words.help}
        error={beside}
        maxLength={500}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        value={draft.value}
        onChange={(event) => draft.set(event.currentTarget.value)}
      />
      {problem !== null && beside === undefined && <Trouble problem={problem} />}
      <div className="place-row">
        <Button type="submit" size="xs" loading={act.busy} disabled={lost || draft.value.trim() === ''}>
          {words.save}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            draft.clear();
            close();
          }}
        >
          {words.cancel}
        </Button>
        {now !== '' && (
          <Button size="xs" variant="subtle" disabled={lost} onClick={() => void save('')}>
            {words.none}
          </Button>
        )}
      </div>
    </form>
  );
}
