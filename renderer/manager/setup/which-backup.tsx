import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { change } from '#api/client.ts';
import { movingIn } from '#api/operations/backups.ts';
import { ApiProblem } from '#api/problem.ts';
import { clockOf } from '#ui/format.ts';
import { Trouble, Waiting } from '#ui/states.tsx';
import { sizeOf } from '../backups/sizes.ts';
import { codeNow } from './finish.ts';
import { texts } from './setup.texts.ts';
import type { Chosen, Kept } from './steps.ts';

const words = texts.backup;
const MOST_SHOWN = 5;
/** A drive that slept has to wake up first. */
const PATIENCE_MS = 60_000;
/** A business day is the same day everywhere. */
const days = clockOf('UTC');

interface WhichBackupProps {
  readonly kept: Kept;
  readonly chosen: Chosen | null;
  readonly mistake: string | undefined;
  choose(one: Chosen | null): void;
  lookIn(folder: string): void;
  /** The set-up code does not open this. */
  refused(error: Error): void;
}

/** The backups that the store server finds, and where else it should look. */
export function WhichBackup({ kept, chosen, mistake, choose, lookIn, refused }: WhichBackupProps) {
  const [typed, setTyped] = useState(kept.folder);
  const [whole, setWhole] = useState(false);
  const { code, folder } = kept;
  const found = useQuery({
    queryKey: [movingIn.find.operation, code, folder],
    queryFn: async ({ signal }) => {
      const asked = { code: await codeNow(kept), ...(folder === '' ? {} : { folder }) };
      return change(movingIn.find, { body: asked }, { signal, patienceMs: PATIENCE_MS });
    },
    gcTime: 0,
    // A wrong code is counted: nobody asks twice with it.
    retry: false,
    refetchOnWindowFocus: false,
  });
  const problem = found.error;
  const beside = problem instanceof ApiProblem ? problem.fields['folder'] : undefined;
  const aboutCode = problem instanceof ApiProblem && ['SETUP_CODE_WRONG', 'CONFLICT'].includes(problem.code);
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once for each answer
  useEffect(() => {
    if (aboutCode && problem !== null) refused(problem);
  }, [problem]);
  const all = found.data?.data.backups ?? [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest is what nearly everybody wants
  useEffect(() => {
    const [newest] = all;
    choose(newest === undefined ? null : chosenOf(newest));
  }, [found.data]);
  const shown = whole ? all : all.slice(0, MOST_SHOWN);
  const look = (): void => (typed.trim() === folder ? void found.refetch() : lookIn(typed.trim()));
  return (
    <>
      {found.data === undefined && problem === null && <Waiting rows={3} height={44} />}
      {problem !== null && beside === undefined && !aboutCode && (
        <Trouble problem={problem} again={() => void found.refetch()} />
      )}
      {all.length > 0 && (
        <fieldset
          className="setup-choices"
          id="chosen"
          aria-describedby={mistake === undefined ? undefined : 'chosen-why'}
        >
          <legend className="unseen">{words.list}</legend>
          {shown.map((one) => (
            <label key={`${one.folder} ${one.id}`} className="setup-choice">
              <input
                type="radio"
                name="backup"
                checked={chosen?.id === one.id && chosen.folder === one.folder}
                onChange={() => choose(chosenOf(one))}
              />
              <span>
                <span className="setup-choice-name">
                  {one.restaurant} · {clockOf(one.time_zone).dated(one.made_at)}
                </span>
                <span className="soft">
                  {words.holds(one.orders_to, days.day(`${one.business_day || one.made_at.slice(0, 10)}T12:00:00Z`))} ·{' '}
                  {sizeOf(one.bytes)}
                </span>
                {one.before_restore && <span className="soft">{words.beforeRestore}</span>}
                <span className="setup-path">{one.folder}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {mistake !== undefined && (
        <p id="chosen-why" className="setup-mistake">
          {mistake}
        </p>
      )}
      {shown.length < all.length && (
        <div>
          <Button size="compact-sm" variant="subtle" onClick={() => setWhole(true)}>
            {words.more(all.length - shown.length)}
          </Button>
        </div>
      )}
      {found.data !== undefined && all.length === 0 && (
        <div className="setup-none" role="status">
          <p>{folder === '' ? words.none : words.noneHere}</p>
          <p className="soft">{words.noneHint}</p>
        </div>
      )}
      {found.data !== undefined && found.data.data.not_whole.length > 0 && (
        <div className="setup-none" role="status">
          <p>{words.notWhole(found.data.data.not_whole.length)}</p>
          <ul>
            {found.data.data.not_whole.slice(0, MOST_SHOWN).map((file) => (
              <li key={file} className="setup-path">
                {file}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="setup-look">
        <TextInput
          id="folder"
          label={words.folder}
          description={words.folderHint}
          error={beside}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            look();
          }}
        />
        <Button variant="default" loading={found.isFetching} onClick={look}>
          {words.look}
        </Button>
      </div>
      <p className="soft">{words.two}</p>
    </>
  );
}

const chosenOf = (one: { id: string; folder: string; restaurant: string; made_at: string }): Chosen => ({
  id: one.id,
  folder: one.folder,
  restaurant: one.restaurant,
  madeAt: one.made_at,
});
