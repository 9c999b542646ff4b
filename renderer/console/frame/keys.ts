import { useEffect, useRef } from 'react';
import { kept } from '#api/browser.ts';
import { createStore, useStore } from '#api/store.ts';

const off = kept<boolean>(() => localStorage, 'fynlo.shortcuts.off');
const single = createStore(off.read() !== true);

/** Single keys can be switched off (WCAG 2.1.4), for people who dictate or whose hands are not steady. */
export const useSingleKeys = (): boolean => useStore(single);
export function switchSingleKeys(on: boolean): void {
  off.write(on ? null : true);
  single.set(on);
}

const takesKeys = '[role="dialog"], [role="menu"], input, textarea, select, [contenteditable="true"]';

/** What single keys do while this part of the console is there; never inside a field, a menu or a dialogue. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !single.get()) return;
      if (event.target instanceof Element && event.target.closest(takesKeys) !== null) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      const run = latest.current[event.key.toLowerCase()];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
