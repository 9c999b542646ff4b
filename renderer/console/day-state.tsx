import { Chip } from '#ui/signs.tsx';
import { catalogue } from '#ui/texts.ts';

const texts = catalogue({ running: 'Running', agrees: 'Closed, adds up', differs: 'Differs' });

/** Whether a business day is closed, and adds up to what the store sealed. */
export function DayState({ agrees }: { agrees: boolean | null }) {
  if (agrees === null) return <Chip level="info">{texts.running}</Chip>;
  return agrees ? <Chip level="ok">{texts.agrees}</Chip> : <Chip level="bad">{texts.differs}</Chip>;
}
