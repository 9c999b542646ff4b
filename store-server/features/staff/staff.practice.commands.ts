import type { DemoPerson } from '#contract/host.ts';
import { BeginPractice, isPractice, Nothing, type PracticeState } from '#contract/staff.ts';
import { defineCommand, type Refused } from '../../commands/define.ts';
import { Problem } from '../../kernel/verdict.ts';
import { hasOwner } from './staff.reads.ts';
import type { SetupDoor } from './staff.setup.commands.ts';

/** The process around this store, which can close it and open practice data in its place, and the other way round. */
export interface PracticeDesk {
  state(): PracticeState | null;
  /** Whom the practice data can be tried as. */
  readonly people: readonly DemoPerson[];
  /** Goes to the other store, once what runs now has its answer. */
  change(): void;
}

/** A store that stays the one it is. */
export const noPractice: PracticeDesk = { state: () => null, people: [], change: () => undefined };

/**
 * To look around before anything is decided: by the set-up code, which stays good until there is an owner. Nothing is
 * written, since the store that is left must be found as it was.
 */
export const beginPractice = (door: SetupDoor, practice: PracticeDesk) =>
  defineCommand({
    name: 'staff.begin_practice',
    permission: null,
    keepsReceipt: false,
    input: BeginPractice,
    prepare: async (context, { code }) => door.opens(context, code),
    handle(context, _, isOpen): { people: readonly DemoPerson[] } | Refused {
      // Somebody may have signed up since the code was looked at.
      if (!isOpen || hasOwner(context.tx.connection)) return door.refuse(context);
      if (practice.state() === null) throw new Problem('PRACTICE_UNAVAILABLE');
      practice.change();
      return { people: practice.people };
    },
  });

/** Throws the practice data away and goes back to the store that waits for its owner. */
export const endPractice = (practice: PracticeDesk) =>
  defineCommand({
    name: 'staff.end_practice',
    permission: 'practice.end',
    keepsReceipt: false,
    input: Nothing,
    handle(): { ended: true } {
      if (!isPractice(practice.state())) throw new Problem('PRACTICE_CANNOT_END');
      practice.change();
      return { ended: true };
    },
  });
