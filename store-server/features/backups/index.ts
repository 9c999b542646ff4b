import { backupMade, backupRecovered, backupTried, backupTrouble, restoreSeen } from '#contract/backups.ts';
import { alert, backupCommands } from './backups.commands.ts';
import type { BackupDesk } from './backups.desk.ts';
import { moveInCommands } from './backups.move-in.commands.ts';
import { backupRoutes } from './backups.routes.ts';

export { alert, type BackupAlert } from './backups.commands.ts';
export type { BackupDesk } from './backups.desk.ts';

/**
 * @param desk who has the snapshots
 * @param door what the set-up code opens
 */
export function createBackupsFeature(desk: BackupDesk, door: Parameters<typeof moveInCommands>[1]) {
  const by = { ...backupCommands(desk), ...moveInCommands(desk, door) };
  return {
    name: 'backups',
    routes: backupRoutes(desk, by),
    facts: [backupMade, backupRecovered, backupTried, backupTrouble, restoreSeen],
    commands: [...Object.values(by), alert],
  };
}
