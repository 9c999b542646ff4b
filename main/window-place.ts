import type { Rectangle } from 'electron';
import type { Place } from './shell.ts';

/** What the manager's window needs at least. */
export const SMALLEST = { width: 960, height: 640 } as const;
const usual = { width: 1360, height: 860 };
/** So much of a window has to be on a screen for its title bar to be grabbed: px across, and down. */
const GRAB = { width: 160, height: 40 };

/**
 * Where the window opens: where it stood, if a screen is still there; otherwise in the middle of the first screen.
 * @param workAreas what each screen leaves for windows, the main one first
 */
export function placeFor(remembered: Place | undefined, workAreas: readonly Rectangle[]): Place {
  if (remembered !== undefined && workAreas.some((area) => canBeGrabbed(remembered, area))) return remembered;
  const area = workAreas[0] ?? { x: 0, y: 0, ...usual };
  const width = Math.min(usual.width, area.width);
  const height = Math.min(usual.height, area.height);
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
    width,
    height,
    maximized: remembered?.maximized ?? false,
  };
}

function canBeGrabbed(place: Rectangle, area: Rectangle): boolean {
  const across = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x);
  // It is moved by its upper edge.
  const isBelowTop = place.y >= area.y && place.y + GRAB.height <= area.y + area.height;
  return across >= GRAB.width && isBelowTop;
}
