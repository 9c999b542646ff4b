import { useEffect } from 'react';
import { useIsLost } from '#api/connection.ts';
import { auth } from '#api/operations/auth.ts';
import { lookWhetherPracticeEnded, useLeavesPractice } from '#api/practice.ts';
import { useRead } from '#api/queries.ts';
import { isPractice } from '#contract/staff.ts';
import { Door } from '#ui/door.tsx';
import { Working } from '#ui/working.tsx';
import { texts } from './frame.texts.ts';

const words = texts.practice;
const LOOK_MS = 2_000;

/**
 * Whether this window is on its way back from practice data, which may have been ended at another one. Nobody tells it
 * then: the restaurant that it listens to is no more, and the one that came in its place knows nobody here.
 */
export function usePracticeWatch(): boolean {
  const store = useRead(auth.setupState, {});
  const on = isPractice(store.data?.practice);
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => void lookWhetherPracticeEnded(), LOOK_MS);
    return () => clearInterval(timer);
  }, [on]);
  return useLeavesPractice();
}

/** Until the store is there that waits for its owner. */
export function Leaving() {
  const why = useIsLost() ? words.leavingLost : words.leavingWhy;
  return (
    <Door title={words.leaving} why="" side={null}>
      <p role="status">{why}</p>
      <Working about={words.leaving} />
    </Door>
  );
}
