import { kept } from '#api/browser.ts';

/** So many of what somebody chose in the palette stand first the next time. */
const MOST = 6;

const of = (person: string) => kept<readonly string[]>(() => localStorage, `fynlo.palette.${person}`);

/** The ids of what somebody chose last in the palette of this computer, the latest first. */
export const recentOf = (person: string): readonly string[] => of(person).read() ?? [];

export function noteChosen(person: string, id: string): void {
  of(person).write([id, ...recentOf(person).filter((one) => one !== id)].slice(0, MOST));
}
