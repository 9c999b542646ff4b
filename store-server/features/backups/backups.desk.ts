import type { BackupDto, BackupsDto, LastRestoreDto, PlaceDto, PreviewDto, RestoredDto } from '#contract/backups.ts';
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
  /** Why a folder cannot hold second copies, as a sentence; null when it can. */
  folderProblem(folder: string): string | null;
  /** @param secondFolder empty for none */
  places(secondFolder: string): PlaceDto[];
}
