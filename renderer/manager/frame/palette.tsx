import { Modal } from '@mantine/core';
import { Fragment, useEffect, useId, useRef, useState } from 'react';
import { useSession } from '#api/session.ts';
import { Key } from '#ui/signs.tsx';
import { type Found, useFound } from './finders.ts';
import { texts } from './frame.texts.ts';
import { noteChosen } from './recent.ts';
import { keysInWords } from './shortcuts.ts';
import './palette.css';

const words = texts.palette;
/** A dialogue gives the focus back some milliseconds after it closes; what is done next may take it elsewhere. */
const GIVEN_BACK_MS = 30;

/** Search and commands in one place: type, choose with the arrows, Enter. The combobox pattern of the ARIA guide. */
export function Palette({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Modal.Root opened={opened} onClose={close} size={600} padding={0} yOffset="12vh" centered={false}>
      <Modal.Overlay />
      <Modal.Content aria-label={words.title}>
        <Modal.Body>
          <Inside close={close} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Inside({ close }: { close: () => void }) {
  const { person } = useSession();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const found = useFound(typed);
  const groups = [...Map.groupBy(found, ({ group }) => group)].sort(
    ([, a], [, b]) => Math.min(...a.map(({ rank }) => rank)) - Math.min(...b.map(({ rank }) => rank)),
  );
  const lines = groups.flatMap(([, own]) => own.sort((a, b) => a.rank - b.rank));
  const at = Math.min(chosen, lines.length - 1);
  const optionId = (one: Found): string => `${id}-${one.id}`;
  const active = lines[at];

  const activeId = active === undefined ? undefined : optionId(active);
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  function run(one: Found | undefined): void {
    if (one === undefined) return;
    noteChosen(person.id, one.id);
    close();
    setTimeout(() => one.run(), GIVEN_BACK_MS);
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 8,
      PageUp: at - 8,
    };
    const to = moves[event.key];
    if (to !== undefined) {
      event.preventDefault();
      const last = lines.length - 1;
      setChosen(event.key.startsWith('Page') ? Math.max(0, Math.min(last, to)) : to < 0 ? last : to > last ? 0 : to);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(active);
    }
  }

  return (
    <div className="palette">
      <input
        className="palette-input"
        type="text"
        role="combobox"
        aria-label={words.title}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={activeId}
        aria-autocomplete="list"
        placeholder={texts.search}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setChosen(0);
        }}
      />
      <p className="unseen" role="status">
        {typed === '' ? '' : words.found(lines.length)}
      </p>
      <div className="palette-list" id={`${id}-list`} role="listbox" aria-label={words.title} ref={list} tabIndex={-1}>
        {groups.map(([group, own]) => (
          // biome-ignore lint/a11y/useSemanticElements: the ARIA guide's group inside a listbox; a fieldset is for forms
          <div key={group} role="group" aria-labelledby={`${id}-${group}`}>
            <p className="palette-group" id={`${id}-${group}`}>
              {group}
            </p>
            {own.map((one) => (
              <div
                key={one.id}
                id={optionId(one)}
                role="option"
                tabIndex={-1}
                aria-selected={one === active}
                className="palette-line"
                onMouseMove={() => setChosen(lines.indexOf(one))}
                onClick={() => run(one)}
                onKeyDown={onKeyDown}
              >
                <span className="palette-label">{one.label}</span>
                {one.aside !== undefined && <span className="palette-aside">{one.aside}</span>}
                {one.keys !== undefined && (
                  <span className="palette-keys" aria-hidden="true">
                    {keysInWords(one.keys).map((key) => (
                      <Fragment key={key}>
                        <Key>{key}</Key>{' '}
                      </Fragment>
                    ))}
                  </span>
                )}
              </div>
            ))}
          </div>
        ))}
      </div>
      {lines.length === 0 && <p className="palette-nothing">{words.nothing(typed)}</p>}
    </div>
  );
}
