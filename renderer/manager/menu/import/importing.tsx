import { useEffect, useMemo, useState } from 'react';
import type { z } from 'zod';
import { kitchen } from '#api/operations/kitchen.ts';
import { menu } from '#api/operations/menu.ts';
import { useRead } from '#api/queries.ts';
import type { StationDto } from '#contract/kitchen.ts';
import { Loaded } from '#ui/states.tsx';
import type { Category } from '../dishes.tsx';
import type { Dish } from '../edits.rules.ts';
import { placeOf } from './place.rules.ts';
import { type Outcome, Report } from './report.tsx';
import { Review } from './review.tsx';
import { Sources } from './sources.tsx';
import { useImportDraft } from './use-import.ts';
import './import.css';

interface ImportingProps {
  /** Hears whether lines that were read wait to be brought in. */
  readonly waits?: ((on: boolean) => void) | undefined;
  /** Stands before anything is chosen. */
  readonly before?: React.ReactNode;
  /** Where to go on when it is done. */
  readonly next?: React.ReactNode;
}

/** From a file, a paste or a template to dishes on the menu. What was begun survives a reload. */
export function Importing(props: ImportingProps) {
  const dishes = useRead(menu.products, { query: { include_inactive: 'true' } });
  const categories = useRead(menu.categories, {});
  const stations = useRead(kitchen.stations, {});
  return (
    <Loaded of={dishes}>
      {(all) => (
        <Loaded of={categories}>
          {(sections) => (
            <Loaded of={stations}>
              {(cooks) => <Steps {...props} dishes={all} categories={sections} stations={cooks} />}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

interface StepsProps extends ImportingProps {
  readonly dishes: readonly Dish[];
  readonly categories: readonly Category[];
  readonly stations: readonly z.output<typeof StationDto>[];
}

function Steps({ waits, before, next, dishes, categories, stations }: StepsProps) {
  const draft = useImportDraft();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const place = useMemo(() => placeOf(dishes, categories, stations), [dishes, categories, stations]);
  const current = draft.value;
  const isWaiting = current !== null && outcome === null;
  useEffect(() => {
    waits?.(isWaiting);
    return () => waits?.(false);
  }, [waits, isWaiting]);
  if (outcome !== null) return <Report of={outcome} another={() => setOutcome(null)} next={next} />;
  if (current === null) {
    return (
      <>
        <Sources begin={draft.set} />
        {before}
      </>
    );
  }
  return (
    <Review
      draft={current}
      place={place}
      set={(part) => draft.set({ ...current, ...part })}
      again={draft.clear}
      undone={(onMenu) => setOutcome((one) => (one === null ? null : { ...one, onMenu, undone: true }))}
      done={(imported, left) => {
        draft.clear();
        setOutcome({ draft: current, imported, left, onMenu: imported.on_menu, undone: false });
      }}
    />
  );
}
