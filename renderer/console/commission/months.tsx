import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { monthName, monthPlus, today } from '../days.ts';
import { useKeys } from '../frame/keys.ts';
import { texts } from './commission.texts.ts';

/** The month of the address, so that it can be handed on; this one where it names none. */
export function useMonth(): { month: string; choose: (month: string) => void } {
  const [asked, ask] = useSearchParams();
  const named = asked.get('month') ?? '';
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(named) && named <= thisMonth() ? named : thisMonth();
  return { month, choose: (next) => ask({ month: next }, { replace: true }) };
}

const thisMonth = (): string => today().slice(0, 7);

/** One month back or on, by button or by the keys `[` and `]`. */
export function Months({ month, choose }: ReturnType<typeof useMonth>) {
  const isLast = month >= thisMonth();
  const back = () => choose(monthPlus(month, -1));
  const on = () => isLast || choose(monthPlus(month, 1));
  useKeys({ '[': back, ']': on });
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons around a word are no form
    <div className="month" role="group" aria-label={texts.month}>
      <ActionIcon variant="default" size={34} aria-label={texts.before} onClick={back}>
        <IconChevronLeft size={16} />
      </ActionIcon>
      <span aria-live="polite">{monthName(month)}</span>
      <ActionIcon variant="default" size={34} aria-label={texts.after} disabled={isLast} onClick={on}>
        <IconChevronRight size={16} />
      </ActionIcon>
    </div>
  );
}
