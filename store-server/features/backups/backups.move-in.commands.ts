import { FindBackups, type FoundBackupsDto, type MovedInDto, MoveIn } from '#contract/backups.ts';
import { defineCommand, type Refused } from '../../commands/define.ts';
import type { SetupDoor } from '../staff/index.ts';
import type { BackupDesk } from './backups.desk.ts';

/**
 * What can be done with backups at a computer that has no restaurant yet, by its set-up code. A wrong code is counted,
 * like anywhere else; the right one stays good until there is an owner.
 */
export const moveInCommands = (desk: BackupDesk, door: SetupDoor) => ({
  find: defineCommand({
    name: 'backups.find',
    permission: null,
    keepsReceipt: false,
    input: FindBackups,
    prepare: async (context, { code, folder }) => (door.opens(context, code) ? desk.look(folder) : null),
    handle: (context, _, found): FoundBackupsDto | Refused => found ?? door.refuse(context),
  }),

  /** The work is done before: `handle` already runs in the restaurant that has come. */
  moveIn: defineCommand({
    name: 'backups.move_in',
    permission: null,
    keepsReceipt: false,
    input: MoveIn,
    prepare: async (context, { code, folder, id }) => (door.opens(context, code) ? desk.moveIn(folder, id) : null),
    handle: (context, _, moved): MovedInDto | Refused => moved ?? door.refuse(context),
  }),
});
