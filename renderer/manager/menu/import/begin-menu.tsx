import { Importing } from './importing.tsx';

/**
 * A menu to begin with, as narrow as a card of the set-up or as wide as the menu: a template, a file, or what was copied
 * from a spreadsheet.
 * @param waits hears whether lines that were read wait to be brought in
 */
export const BeginMenu = ({ waits }: { waits?: (on: boolean) => void }) => (
  <div className="import-within">
    <Importing waits={waits} />
  </div>
);
