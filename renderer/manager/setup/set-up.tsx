import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useOwnedDraft } from '#api/drafts.ts';
import { auth } from '#api/operations/auth.ts';
import { movingIn } from '#api/operations/backups.ts';
import { beginPractice } from '#api/practice.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRefresh } from '#api/queries.ts';
import { useWayIn } from '#api/way-in.ts';
import type { MovedInDto } from '#contract/backups.ts';
import { Trouble } from '#ui/states.tsx';
import { Working } from '#ui/working.tsx';
import { CodeStep } from './code-step.tsx';
import { codeNow, finishSetUp } from './finish.ts';
import type { Leave } from './leaving.tsx';
import { MovedIn } from './moved-in.tsx';
import { OwnerStep } from './owner-step.tsx';
import { RestaurantStep } from './restaurant-step.tsx';
import { texts } from './setup.texts.ts';
import { SetUpShell } from './shell.tsx';
import { StepHead } from './step-head.tsx';
import {
  type Chosen,
  type FieldName,
  type Kept,
  lastFirst,
  type Mistakes,
  mistakesIn,
  nothingYet,
  ownField,
  type Secrets,
  stepOf,
  stepsOf,
  whereIs,
} from './steps.ts';
import { Summary } from './summary.tsx';
import { WhichBackup } from './which-backup.tsx';

type TypedField = keyof Omit<Kept, 'at' | 'way'>;
type Changed = React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>;
/** What a field that is kept needs; the same for one that is not. */
export type FieldOf = (name: TypedField) => ReturnType<typeof fieldProps>;
export type SecretOf = (name: keyof Secrets) => ReturnType<typeof fieldProps>;
const fieldProps = (id: string, value: string, error: string | undefined, type: (value: string) => void) => ({
  id,
  value,
  error,
  onChange: ({ currentTarget }: Changed) => type(currentTarget.value),
});

/** A big restaurant's database is brought here, looked at whole and made ready. */
const PATIENCE_MS = 600_000;

/**
 * From an unclaimed store to a restaurant with an owner, its first or the one that a backup brings, or to a try with
 * practice data. Goes on at the same step after a reload.
 * @param stay keeps this here although there is an owner, until what came of it has been read
 */
export default function SetUp({ stay }: { stay: (on: boolean) => void }) {
  const wayIn = useWayIn();
  const [moved, setMoved] = useState<MovedInDto | null>(null);
  const refresh = useRefresh();
  if (wayIn === undefined) return null;
  if (moved !== null) {
    const signIn = (): void => {
      refresh(auth.setupState);
      stay(false);
    };
    return <MovedIn moved={moved} signIn={signIn} />;
  }
  const arrived = (what: MovedInDto): void => {
    stay(true);
    setMoved(what);
  };
  return <Steps filledIn={wayIn?.setup_code ?? null} arrived={arrived} />;
}

/** @param filledIn the code as the desktop app knows it */
function Steps({ filledIn, arrived }: { filledIn: string | null; arrived: (moved: MovedInDto) => void }) {
  const draft = useOwnedDraft('set-up', 'store', nothingYet);
  const typed = { ...nothingYet, ...draft.value };
  const kept = filledIn === null ? typed : { ...typed, code: filledIn };
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [secrets, setSecrets] = useState<Secrets>({ password: '', pin: '' });
  const [mistakes, setMistakes] = useState<Mistakes>({});
  const [problem, setProblem] = useState<Error | null>(null);
  const [busy, setBusy] = useState(false);
  const refresh = useRefresh();
  const { at, step } = whereIs(kept);
  const isLast = step === lastFirst[kept.way];
  const lost = useIsLost();

  function go(to: number): void {
    draft.set({ ...kept, at: to });
    setMistakes({});
    setProblem(null);
  }

  async function next(): Promise<void> {
    const found = mistakesIn(step, kept, secrets, chosen);
    setMistakes(found);
    setProblem(null);
    if (Object.keys(found).length > 0) return;
    if (!isLast) {
      go(at + 1);
      return;
    }
    setBusy(true);
    try {
      if (chosen !== null && kept.way === 'backup') {
        const { id, folder } = chosen;
        const code = await codeNow(kept);
        const { data } = await change(movingIn.moveIn, { body: { code, id, folder } }, { patienceMs: PATIENCE_MS });
        draft.clear();
        arrived(data);
        return;
      }
      if (kept.way === 'practice') {
        await beginPractice(await codeNow(kept));
        return;
      }
      await finishSetUp(kept, secrets);
      draft.clear();
      refresh(auth.setupState);
    } catch (error) {
      setBusy(false);
      refused(error as Error);
    }
  }

  /** What the server refuses stands beside its field, on the step where that is. */
  function refused(error: Error): void {
    if (error instanceof ApiProblem && error.code === 'CONFLICT') {
      // There is an owner: somebody else was quicker, or the answer to our own attempt was lost.
      draft.clear();
      refresh(auth.setupState);
      notifications.show({ autoClose: false, message: texts.taken });
      return;
    }
    const named = error instanceof ApiProblem ? Object.entries(error.fields) : [];
    const wrongCode = error instanceof ApiProblem && error.code === 'SETUP_CODE_WRONG';
    const own = [...named, ...(wrongCode ? [['code', error.message] as const] : [])].flatMap(([field, message]) => {
      const name = ownField[field.replace(/^body\./, '')];
      return name === undefined ? [] : [[name, message] as const];
    });
    const first = own[0]?.[0];
    if (first === undefined) {
      setProblem(error);
    } else {
      draft.set({ ...kept, at: stepOf[first] });
      setMistakes(Object.fromEntries(own));
    }
  }

  /** What is said of a field is true of what stood in it, not of what is typed since. */
  const mended = (name: FieldName): void => setMistakes(({ [name]: _, ...others }) => others);
  const field: FieldOf = (name) =>
    fieldProps(name, kept[name], mistakes[name], (value) => {
      mended(name);
      draft.set({ ...kept, [name]: value });
    });
  const secret: SecretOf = (name) =>
    fieldProps(name, secrets[name], mistakes[name], (value) => {
      mended(name);
      setSecrets({ ...secrets, [name]: value });
    });
  const words = texts[step];
  const lead = step === 'code' && filledIn !== null ? texts.code.filledIn : words.lead;
  return (
    <SetUpShell steps={stepsOf[kept.way]} at={at} back={at > 0 && !busy ? () => go(at - 1) : null} leave={leave}>
      <form
        className="setup-card"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void next();
        }}
      >
        <StepHead title={words.title} lead={lead} />
        <Summary of={mistakes} />
        {problem !== null && <Trouble problem={problem} />}
        {step === 'code' && (
          <CodeStep
            field={field('code')}
            filledIn={filledIn !== null}
            way={kept.way}
            choose={(way) => draft.set({ ...kept, way })}
          />
        )}
        {step === 'restaurant' && <RestaurantStep field={field} />}
        {step === 'owner' && <OwnerStep field={field} secret={secret} />}
        {step === 'backup' && (
          <WhichBackup
            kept={kept}
            chosen={chosen}
            mistake={mistakes.chosen}
            choose={setChosen}
            lookIn={(folder) => draft.set({ ...kept, folder })}
            refused={refused}
          />
        )}
        {busy && texts.working[step] !== undefined && (
          <div className="setup-none" role="status">
            <p>{texts.working[step]}</p>
            <Working about={texts.working[step]} />
          </div>
        )}
        <div className="setup-actions">
          {at > 0 && (
            <Button variant="default" disabled={busy} onClick={() => go(at - 1)}>
              {texts.back}
            </Button>
          )}
          <Button type="submit" loading={busy} disabled={lost && isLast}>
            {isLast ? texts.go[kept.way] : texts.next}
          </Button>
        </div>
      </form>
    </SetUpShell>
  );
}

/** Nothing has begun yet: in the app the window can be closed, in a browser one goes away by oneself. */
const leave: Leave = {
  kept: texts.leave.kept,
  ...(window.fynlo === undefined ? {} : { label: texts.leave.close, go: () => window.close() }),
};
