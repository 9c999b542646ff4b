import { Button } from '@mantine/core';
import { useKeys } from '../frame/keys.ts';
import { texts } from './commission.texts.ts';
import { Months, type useMonth } from './months.tsx';

interface ActionsProps extends ReturnType<typeof useMonth> {
  /** Nothing is there to be printed or exported. */
  readonly isEmpty: boolean;
  readonly save: () => void;
}

/** Another month; this one on paper or as a file, by the key `E` too. */
export function Actions({ month, choose, isEmpty, save }: ActionsProps) {
  useKeys({ e: save });
  return (
    <>
      <Months month={month} choose={choose} />
      <Button variant="default" disabled={isEmpty} onClick={() => print()}>
        {texts.print}
      </Button>
      <Button variant="default" disabled={isEmpty} onClick={save}>
        {texts.export}
      </Button>
    </>
  );
}
