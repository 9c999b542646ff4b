import { useEffect } from 'react';
import { kept } from '#api/browser.ts';
import { createStore, useStore } from '#api/store.ts';
import { allCommands } from './commands.ts';

const off = kept<boolean>(() => localStorage, 'fynlo.shortcuts.off');
const single = createStore(off.read() !== true);

/** Single-key shortcuts can be switched off (WCAG 2.1.4), for people who dictate or whose hands are not steady. */
export const useSingleKeys = (): boolean => useStore(single);
export function switchSingleKeys(on: boolean): void {
  off.write(on ? null : true);
  single.set(on);
}

export const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

/** How the keys of a command are written: `['Ctrl', 'K']`, `['G', 'O']`. */
export const keysInWords = (keys: string): string[] =>
  keys
    .split(/[ +]/)
    .map((key) => (key === 'mod' ? (isMac ? '⌘' : 'Ctrl') : key.length === 1 ? key.toUpperCase() : key));

const takesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"], [role="combobox"]'));

/** How long after G the next letter still belongs to it. */
const CHORD_MS = 1_500;

/** @param free nothing lies over the screen that has keys of its own */
export function useShortcuts(free: boolean): void {
  useEffect(() => {
    let first: { key: string; until: number } | null = null;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const mod = isMac ? event.metaKey : event.ctrlKey;
      if (!mod && (event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      const inText = takesText(event.target);
      // Undo inside a field belongs to the field; the palette opens, and work is saved, from everywhere.
      if (inText && !(mod && (key === 'k' || key === 's'))) return;
      // A dialogue of the screen lies over it just as one of the frame does.
      const covered = !free || document.querySelector('[role=dialog][aria-modal=true]') !== null;
      if (covered && !mod) return;
      if (!mod && !single.get()) return;
      const chord = first !== null && first.until > event.timeStamp ? `${first.key} ${key}` : null;
      first = null;
      const wanted = mod ? `mod+${key}` : key;
      const found =
        allCommands().find(({ keys }) => keys === chord) ?? allCommands().find(({ keys }) => keys === wanted);
      if (found !== undefined) {
        event.preventDefault();
        found.run();
      } else if (!mod && allCommands().some(({ keys }) => keys?.startsWith(`${key} `))) {
        first = { key, until: event.timeStamp + CHORD_MS };
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [free]);
}
