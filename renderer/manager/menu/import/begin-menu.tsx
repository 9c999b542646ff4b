import { Importing } from './importing.tsx';

/**
 * A menu to begin with, as narrow as a card of the set-up or as wide as the menu: a template, a file, or what was copied
 * from a spreadsheet.
 * @param begun hears how many dishes are on the menu after each import, and after one was taken back
 * @param waits hears whether lines that were read wait to be brought in
 */
export const BeginMenu = ({ begun, waits = nobody }: BeginMenuProps) => (
  <div className="import-within">
    <Importing told={begun} waits={waits} />
  </div>
);

interface BeginMenuProps {
  readonly begun: (dishes: number) => void;
  readonly waits?: (on: boolean) => void;
}

const nobody = (): void => {};
