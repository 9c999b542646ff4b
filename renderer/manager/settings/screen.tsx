import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { NavLink, useLocation, useParams } from 'react-router';
import { useIsLost } from '#api/connection.ts';
import { mineOf } from '#api/edits.ts';
import { settings } from '#api/operations/settings.ts';
import { ApiProblem } from '#api/problem.ts';
import { useRead } from '#api/queries.ts';
import type { Settings } from '#contract/settings.ts';
import { Page } from '#ui/page.tsx';
import { Loaded, Trouble, Waiting } from '#ui/states.tsx';
import { useCommands } from '../frame/commands.ts';
import { nearness } from '../frame/finders.ts';
import { texts as frame } from '../frame/frame.texts.ts';
import { asChange } from './edits.rules.ts';
import { Setting } from './field.tsx';
import { mistakeIn, type Section, sections, settingIn } from './fields.ts';
import { ReceiptPreview } from './receipt-preview.tsx';
import { SaveBar } from './save-bar.tsx';
import { texts } from './settings.texts.ts';
import { useEdits } from './use-edits.ts';
import './settings.css';

/** The rules of the business: by section or by search, with what is not saved yet in a bar at the foot. */
export default function SettingsScreen() {
  const saved = useRead(settings.read, {});
  return (
    <Page title={texts.title}>
      <Loaded of={saved} waiting={<Waiting rows={6} height={40} />}>
        {(data) => <Editor saved={data} />}
      </Loaded>
    </Page>
  );
}

/** The sections with the fields that are meant: all of one section, or whatever a search finds in any. */
function shownOf(section: Section, typed: string): readonly Section[] {
  if (typed.trim() === '') return [section];
  return sections.flatMap((one) => {
    const fields = one.fields.filter(({ name }) => {
      const { label, help } = texts.fields[name];
      const rank = nearness(typed, `${label} ${texts.sections[one.id]} ${help}`);
      return rank !== null && rank < 4;
    });
    return fields.length === 0 ? [] : [{ ...one, fields }];
  });
}

function Editor({ saved }: { saved: Settings }) {
  const { section: wanted } = useParams();
  const origins = useRead(settings.origins, {});
  const lost = useIsLost();
  const work = useEdits(saved);
  const [typed, setTyped] = useState('');
  const search = useRef<HTMLInputElement>(null);
  useAskedSetting(() => setTyped(''));
  const section = sections.find(({ id }) => id === wanted) ?? sections[0]!;
  const shown = shownOf(section, typed);
  const onPaper = shown.some((one) => one.onPaper);
  const paperChange = asChange(
    Object.fromEntries(
      sections
        .filter((one) => one.onPaper)
        .flatMap(({ fields }) => fields)
        .filter((field) => field.name in work.edits && mistakeIn(field, work.edits[field.name]?.mine) === null)
        .map(({ name }) => [name, mineOf(work.edits)[name]]),
    ),
  );
  useCommands([
    {
      id: 'settings.save',
      label: texts.bar.save,
      group: frame.groups.page,
      keys: 'mod+s',
      run: () => void work.save(),
    },
    {
      id: 'settings.search',
      label: texts.searchShortcut,
      group: frame.groups.page,
      keys: '/',
      run: () => search.current?.focus(),
    },
  ]);
  const { problem } = work.act;
  const named = problem instanceof ApiProblem && Object.keys(problem.fields).some((name) => name in work.edits);
  const overtaken = problem instanceof ApiProblem && problem.code === 'VERSION_CONFLICT';
  return (
    <>
      <div className="settings" data-paper={onPaper || undefined}>
        <nav className="settings-nav" aria-label={texts.navigation}>
          <TextInput
            ref={search}
            type="search"
            aria-label={texts.search}
            placeholder={texts.search}
            leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setTyped('');
            }}
          />
          <ul>
            {sections.map((one) => (
              <li key={one.id}>
                <SectionLink
                  section={one}
                  current={typed.trim() === '' && one.id === section.id}
                  unsaved={one.fields.filter(({ name }) => name in work.edits).length}
                  go={() => setTyped('')}
                />
              </li>
            ))}
          </ul>
        </nav>
        <div className="settings-form">
          {shown.length === 0 && <p className="soft">{texts.noneFound(typed.trim())}</p>}
          {shown.map((one) => (
            <section key={one.id} className="card settings-card" aria-labelledby={`section-${one.id}`}>
              <header>
                <h2 id={`section-${one.id}`}>{texts.sections[one.id]}</h2>
                <p className="soft">{texts.leads[one.id]}</p>
              </header>
              {one.fields.map((field) => {
                const { name } = field;
                return (
                  <Setting
                    key={name}
                    field={field}
                    value={name in work.edits ? work.edits[name]?.mine : settingIn(saved, name)}
                    edited={name in work.edits}
                    disabled={lost}
                    error={work.mistakeOf(name)}
                    origin={origins.data?.find(({ key }) => key === name)}
                    conflict={work.conflicts.includes(name) ? { theirs: settingIn(saved, name) } : null}
                    change={(value) => work.change(name, value)}
                    decide={(keep) => work.decide(name, keep)}
                  />
                );
              })}
            </section>
          ))}
          {problem !== null && !named && !overtaken && <Trouble title={texts.notSaved} problem={problem} />}
        </div>
        {onPaper && (
          <div className="settings-paper">
            <ReceiptPreview saved={saved} change={paperChange} />
          </div>
        )}
      </div>
      <SaveBar
        unsaved={Object.keys(work.edits).length}
        conflicts={work.conflicts.length}
        mistakes={work.mistakes.length}
        busy={work.act.busy}
        disabled={lost}
        save={() => void work.save()}
        discard={() => void work.discard()}
      />
    </>
  );
}

/** An address may name one setting: it is brought into sight, with the focus in it. */
function useAskedSetting(showAll: () => void): void {
  const { key, search } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that somebody comes here
  useEffect(() => {
    const name = new URLSearchParams(search).get('setting');
    if (name === null) return;
    showAll();
    const place = document.getElementById(`setting-${name}`);
    place?.scrollIntoView({ block: 'center' });
    place?.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
  }, [key, search]);
}

interface SectionLinkProps {
  readonly section: Section;
  readonly current: boolean;
  readonly unsaved: number;
  readonly go: () => void;
}

const SectionLink = ({ section, current, unsaved, go }: SectionLinkProps) => (
  <NavLink
    to={`/settings/${section.id}`}
    className={current ? 'settings-link current' : 'settings-link'}
    aria-current={current ? 'page' : undefined}
    onClick={go}
  >
    <span>{texts.sections[section.id]}</span>
    {unsaved > 0 && (
      <span className="settings-count">
        <span aria-hidden="true">{unsaved}</span>
        <span className="unseen">{texts.unsavedIn(unsaved)}</span>
      </span>
    )}
  </NavLink>
);
