import { useEffect, useRef } from 'react';
import { type Choices, type GridField, offered } from './cells.rules.ts';

interface CellEditorProps {
  readonly field: GridField;
  readonly label: string;
  readonly text: string;
  readonly choices: Choices;
  readonly commit: (text: string, then: 'down' | 'right' | 'left' | 'stay') => void;
  readonly cancel: () => void;
}

/** A cell while it is edited. Enter and Tab take what was typed and go on, Escape leaves it; so does leaving the page. */
export function CellEditor({ field, label, text, choices, commit, cancel }: CellEditorProps) {
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  const finish = useRef(commit);
  finish.current = commit;
  const list = offered(field, choices);
  const listId = `cell-${field}`;
  useEffect(() => {
    input.current?.focus();
    // A letter that began the edit stays and is gone on from; a value that was there is typed over.
    if ((input.current?.value.length ?? 0) > 1) input.current?.select();
    const keep = (): void => {
      if (!done.current && input.current !== null) finish.current(input.current.value, 'stay');
    };
    window.addEventListener('pagehide', keep);
    return () => window.removeEventListener('pagehide', keep);
  }, []);
  const end = (then: 'down' | 'right' | 'left' | 'stay'): void => {
    if (done.current) return;
    done.current = true;
    commit(input.current?.value ?? text, then);
  };
  return (
    <>
      <input
        ref={input}
        className="cell-input"
        aria-label={label}
        defaultValue={text}
        inputMode={field === 'price' ? 'decimal' : 'text'}
        autoComplete="off"
        spellCheck={field === 'name'}
        {...(list === null ? {} : { list: listId })}
        onBlur={() => end('stay')}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === 'Escape') {
            done.current = true;
            cancel();
          } else if (event.key === 'Enter') end('down');
          else if (event.key === 'Tab') end(event.shiftKey ? 'left' : 'right');
          else return;
          event.preventDefault();
        }}
      />
      {list !== null && (
        <datalist id={listId}>
          {list.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </>
  );
}
