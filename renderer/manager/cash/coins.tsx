import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import { pounds } from '#ui/format.ts';
import { money, type Pieces, sumOf, worthOf } from './cash.rules.ts';
import { texts } from './cash.texts.ts';

const words = texts.count;
/** £50, £2, 50p. */
const nameOf = (pence: number): string => (pence >= 100 ? `£${pence / 100}` : `${pence}p`);

interface CoinsProps {
  readonly pieces: Pieces;
  readonly disabled: boolean;
  readonly onChange: (pieces: Pieces) => void;
}

/** Notes and coins, one under the other, for a hand on the number pad: Enter goes down, the sum runs along. */
export function Coins({ pieces, disabled, onChange }: CoinsProps) {
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: React.KeyboardEvent<HTMLInputElement>): void {
    if (event.ctrlKey || event.metaKey) return;
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'Enter' || event.key === 'ArrowDown' ? 1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const fields = [...(list.current?.querySelectorAll('input') ?? [])];
    const next = fields[fields.indexOf(event.currentTarget) + by];
    if (next !== undefined) next.select();
    else if (by === 1) event.currentTarget.form?.querySelector<HTMLElement>('[type=submit]')?.focus();
  }

  return (
    <div className="coins" ref={list}>
      {[true, false].map((notes) => (
        <fieldset key={String(notes)}>
          <legend>{notes ? words.notes : words.coins}</legend>
          {money
            .filter(({ note }) => note === notes)
            .map((one) => (
              <div key={one.name} className="coin">
                <span aria-hidden="true">{nameOf(one.pence)}</span>
                <TextInput
                  aria-label={words.pieces(nameOf(one.pence))}
                  inputMode="numeric"
                  autoComplete="off"
                  maxLength={5}
                  disabled={disabled}
                  placeholder="0"
                  onKeyDown={onKeyDown}
                  value={pieces[one.name] ?? ''}
                  onChange={({ currentTarget }) =>
                    onChange({ ...pieces, [one.name]: currentTarget.value.replaceAll(/\D/g, '') })
                  }
                />
                <span className="figure coin-worth">{worthOf(pieces, one) > 0 && pounds(worthOf(pieces, one))}</span>
              </div>
            ))}
        </fieldset>
      ))}
      <p className="coins-sum">
        <span>{words.total}</span>
        <span className="figure" aria-hidden="true">
          {pounds(sumOf(pieces))}
        </span>
        <span className="unseen" role="status">
          {words.spoken(pounds(sumOf(pieces)))}
        </span>
      </p>
    </div>
  );
}
