import { useEffect } from 'react';
import { leave } from '../session/leave.ts';

/** How long nobody touches anything before the window locks. */
const IDLE_MS = 10 * 60_000;

export function useIdleLock(): void {
  useEffect(() => {
    let timer = setTimeout(lock, IDLE_MS);
    function lock(): void {
      void leave('locked');
    }
    function touched(): void {
      clearTimeout(timer);
      timer = setTimeout(lock, IDLE_MS);
    }
    const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
    for (const sign of signs) window.addEventListener(sign, touched, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of signs) window.removeEventListener(sign, touched);
    };
  }, []);
}
