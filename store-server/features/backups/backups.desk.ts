import type {
  BackupDto,
  BackupsDto,
  FoundBackupsDto,
  LastRestoreDto,
  MovedInDto,
  PlaceDto,
  PreviewDto,
  RestoredDto,
} from '#contract/backups.ts';
import type { Connection } from '../../db/connection.ts';

/** Who has the snapshots: the server hands it over. Slow things answer later, the others at once. */
export interface BackupDesk {
  list(connection: Connection): BackupsDto;
  /** The last time that the store went on from an earlier state; null when it never did. */
  lastRestore(connection: Connection): LastRestoreDto | null;
  /** @throws Problem BACKUP_FAILED with the reason */
  make(): Promise<BackupDto>;
  /** @throws Problem NOT_FOUND */
  preview(connection: Connection, id: string): PreviewDto;
  /**
   * Goes back to a snapshot; when this resolves, the store is in its new epoch.
   * @param storeName what the person typed: the restaurant's name
   * @throws Problem NOT_FOUND, VALIDATION_ERROR, BACKUP_DAMAGED, BACKUP_FAILED
   */
  restore(id: string, storeName: string, staffId: string | null): Promise<RestoredDto>;
  /**
   * Which backups of other restaurants there are.
   * @param folder where to look; wherever they usually lie if left out
   * @throws Problem VALIDATION_ERROR for a folder in which nobody can look
   */
  look(folder: string | undefined): FoundBackupsDto;
  /**
   * Makes an unclaimed store the one in a backup; when this resolves, it is.
   * @throws Problem CONFLICT where there is an owner; NOT_FOUND, VALIDATION_ERROR, BACKUP_DAMAGED or BACKUP_NEWER for a
   *   backup that is of no use here. Nothing has changed then.
   */
  moveIn(folder: string, id: string): Promise<MovedInDto>;
  /** Why a folder cannot hold second copies, as a sentence; null when it can. */
  folderProblem(folder: string): string | null;
  /** @param secondFolder empty for none */
  places(secondFolder: string): PlaceDto[];
}
