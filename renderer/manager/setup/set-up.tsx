import { Button, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { change } from '#api/client.ts';
import { useIsLost } from '#api/connection.ts';
import { useOwnedDraft } from '#api/drafts.ts';
import { auth } from '#api/operations/auth.ts';
import { movingIn } from '#api/operations/backups.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRefresh } from '#api/queries.ts';
import { useWayIn } from '#api/way-in.ts';
import type { MovedInDto } from '#contract/backups.ts';
import { Mark } from '#ui/mark.tsx';
import { Shape } from '#ui/signs.tsx';
import { Trouble } from '#ui/states.tsx';
import { Working } from '#ui/working.tsx';
import { codeNow, finishSetUp } from './finish.ts';
import { SetUpKeys } from './leaving.tsx';
import { MovedIn } from './moved-in.tsx';
import { texts } from './setup.texts.ts';
import {
  type Chosen,
  type Kept,
  type Mistakes,
  mistakesIn,
  nothingYet,
  ownField,
  type Secrets,
  stepOf,
  stepsOf,
} from './steps.ts';
import { Summary } from './summary.tsx';
import { Ways } from './ways.tsx';
import { WhichBackup } from './which-backup.tsx';
import './setup.css';

/** A big restaurant's database is brought here, looked at whole and made ready. */
const PATIENCE_MS = 600_000;

/**
 * From an unclaimed store to a restaurant with an owner, its first or the one that a backup brings. Goes on at the same
 * step after a reload.
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
  const heading = useRef<HTMLHeadingElement>(null);
  const stepNames = stepsOf[kept.way];
  const at = Math.min(kept.at, stepNames.length - 1);
  const step = stepNames[at] ?? 'code';
  const isLast = at === stepNames.length - 1;
  const lost = useIsLost();
  useEffect(() => {
    document.title = `${texts.title} · Fynlo`;
  }, []);

  function go(to: number): void {
    draft.set({ ...kept, at: to });
    setMistakes({});
    setProblem(null);
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step begins at its heading, for those who hear it
  useEffect(() => heading.current?.focus(), [step]);

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

  const field = (name: keyof Omit<Kept, 'at' | 'way'>) => ({
    id: name,
    value: kept[name],
    error: mistakes[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      draft.set({ ...kept, [name]: event.currentTarget.value }),
  });
  const secret = (name: keyof Secrets) => ({
    id: name,
    value: secrets[name],
    error: mistakes[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setSecrets({ ...secrets, [name]: event.currentTarget.value }),
  });

  return (
    <div className="setup">
      <SetUpKeys back={at > 0 && !busy ? () => go(at - 1) : null} />
      <header className="setup-head">
        <Mark />
        <span>{texts.step(at + 1, stepNames.length)}</span>
      </header>
      <div className="setup-body">
        <nav aria-label={texts.title}>
          <ol className="setup-steps">
            {stepNames.map((name, nth) => (
              <li key={name} aria-current={nth === at ? 'step' : undefined} data-done={nth < at || undefined}>
                <span className="setup-mark" aria-hidden="true">
                  {nth < at ? <IconCheck size={14} stroke={2.5} /> : nth + 1}
                </span>
                {texts.steps[name]}
              </li>
            ))}
          </ol>
          {lost ? (
            <p className="setup-note" role="status">
              <Shape level="bad" /> {texts.lost}
            </p>
          ) : (
            <p className="soft setup-note">{texts.offline}</p>
          )}
        </nav>
        <main>
          <form
            className="setup-card"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void next();
            }}
          >
            <div>
              <h1 ref={heading} tabIndex={-1}>
                {texts[step].title}
              </h1>
              <p className="soft">{step === 'code' && filledIn !== null ? texts.code.filledIn : texts[step].lead}</p>
            </div>
            <Summary of={mistakes} />
            {problem !== null && <Trouble problem={problem} />}
            {step === 'code' && (
              <>
                <TextInput
                  {...field('code')}
                  readOnly={filledIn !== null}
                  label={texts.code.label}
                  autoComplete="off"
                  spellCheck={false}
                  size="md"
                  styles={{ input: { fontFamily: 'var(--mono)', letterSpacing: '0.08em', textTransform: 'uppercase' } }}
                />
                <Ways chosen={kept.way} choose={(way) => draft.set({ ...kept, way })} />
              </>
            )}
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
            {step === 'backup' && busy && (
              <div className="setup-none" role="status">
                <p>{texts.backup.working}</p>
                <Working about={texts.backup.working} />
              </div>
            )}
            {step === 'restaurant' && (
              <>
                <TextInput {...field('restaurant')} label={texts.restaurant.name} maxLength={100} />
                <Textarea {...field('address')} label={texts.restaurant.address} autosize minRows={2} maxLength={300} />
                <div className="setup-pair">
                  <TextInput {...field('phone')} label={texts.restaurant.phone} type="tel" maxLength={40} />
                  <TextInput {...field('vat')} label={texts.restaurant.vat} maxLength={40} />
                </div>
                <p className="soft">{texts.optional}</p>
              </>
            )}
            {step === 'owner' && (
              <>
                <div className="setup-pair">
                  <TextInput {...field('name')} label={texts.owner.name} autoComplete="name" maxLength={120} />
                  <TextInput {...field('email')} label={texts.owner.email} autoComplete="username" type="email" />
                </div>
                <PasswordInput
                  {...secret('password')}
                  label={texts.owner.password}
                  description={texts.owner.passwordHint}
                  autoComplete="new-password"
                />
                <PasswordInput
                  {...secret('pin')}
                  label={texts.owner.pin}
                  description={texts.owner.pinHint}
                  inputMode="numeric"
                  autoComplete="off"
                />
              </>
            )}
            <div className="setup-actions">
              {at > 0 && (
                <Button variant="default" disabled={busy} onClick={() => go(at - 1)}>
                  {texts.back}
                </Button>
              )}
              <Button type="submit" loading={busy} disabled={lost && isLast}>
                {isLast ? (step === 'backup' ? texts.backup.go : texts.finish) : texts.next}
              </Button>
            </div>
          </form>
        </main>
      </div>
    </div>
  );
}
