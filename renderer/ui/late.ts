import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

type Load<Props> = () => Promise<{ default: ComponentType<Props> }>;

const all: (() => Promise<unknown>)[] = [];
let isFetching = false;
const fetchAhead = (load: () => Promise<unknown>): void => void load().catch(() => undefined);

/**
 * A screen whose code comes when it is first shown, or with `fetchScreens`. It is asked for once: a second try by itself
 * would come without its styles, so only loading the window anew mends one that failed (`guarded.tsx`).
 */
export function late<Props>(load: Load<Props>): LazyExoticComponent<ComponentType<Props>> {
  let asked: ReturnType<Load<Props>> | undefined;
  const once: Load<Props> = () => {
    asked ??= load();
    return asked;
  };
  all.push(once);
  // A screen within a screen that has just been fetched.
  if (isFetching) fetchAhead(once);
  return lazy(once);
}

const AFTER_MS = 500;

/** Fetches the other screens behind the first, so that each can be opened while the server is away. For an effect. */
export function fetchScreens(): () => void {
  const timer = setTimeout(() => {
    isFetching = true;
    all.forEach(fetchAhead);
  }, AFTER_MS);
  return () => clearTimeout(timer);
}
