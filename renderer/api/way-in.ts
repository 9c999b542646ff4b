import { useEffect, useState } from 'react';
import type { WayIn } from '#contract/host.ts';
import type { DesktopBridge } from '../../main/channels.ts';

declare global {
  interface Window {
    readonly fynlo?: DesktopBridge;
  }
}

/** What the desktop app knows of how to get in the first time; null in a browser, and where the app does not say. */
export async function askWayIn(): Promise<WayIn | null> {
  try {
    return (await window.fynlo?.wayIn()) ?? null;
  } catch {
    return null;
  }
}

/** The same for a screen; undefined for the blink in which the app is asked. */
export function useWayIn(): WayIn | null | undefined {
  const [wayIn, setWayIn] = useState<WayIn | null | undefined>(window.fynlo === undefined ? null : undefined);
  useEffect(() => {
    let gone = false;
    void askWayIn().then((known) => {
      if (!gone) setWayIn(known);
    });
    return () => {
      gone = true;
    };
  }, []);
  return wayIn;
}
