import { Importing } from './importing.tsx';

/**
 * A menu to begin with, as narrow as a card of the set-up or as wide as the menu: a template, a file, or what was copied
 * from a spreadsheet.
 * @param begun hears how many dishes are on the menu after each import, and after one was taken back
 */
export const BeginMenu = ({ begun }: { begun: (dishes: number) => void }) => (
  <div className="import-within">
    <Importing told={begun} />
  </div>
);
