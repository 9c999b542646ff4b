import { z } from 'zod';
import { defineFact } from './facts.ts';
import { TypedCode } from './staff.ts';

/**
 * What made it necessary to go on from a snapshot. Three are a person's decision: `by_hand` in the manager's window,
 * `new_computer` in the set-up of another computer, `not_starting` at a computer whose server does not keep running.
 */
export const restoreCauses = [
  'by_hand',
  'missing',
  'damaged',
  'end_lost',
  'other_store',
  'new_computer',
  'not_starting',
] as const;
export const RestoreCause = z.enum(restoreCauses);
export type RestoreCause = z.output<typeof RestoreCause>;

const Restored = z.object({
  store_id: z.string(),
  cause: RestoreCause,
  epoch: z.string(),
  /** Up to which entry of which epoch history is the same as before. */
  parent_epoch: z.string(),
  parent_seq: z.int(),
  /** The snapshot gone back to; null where the database only lost its end. */
  snapshot: z.string().nullable(),
  /** Epoch ms. */
  snapshot_at: z.int().nullable(),
  /** Entries after the snapshot that could be brought over from the damaged database. */
  recovered_entries: z.int(),
  /** The first and last entry that are lost; null when nothing is. `lost_to` is null where nobody can know. */
  lost_from: z.int().nullable(),
  lost_to: z.int().nullable(),
  /** For people: what happened and what is lost. */
  sentence: z.string(),
  /** Where the database as it was found has been put aside, below the data folder. */
  put_aside: z.string().nullable(),
  staff_id: z.string().nullable(),
});
export type Restored = z.output<typeof Restored>;

/** The store goes on from an earlier state, in a new epoch: whoever holds copies has to load them anew. */
export const storeRestored = defineFact({
  kind: 'store.restored',
  version: 1,
  entity: 'store',
  audience: ['pos', 'kitchen', 'management'],
  body: Restored,
});

/** Somebody who looks after the restaurant has read what was lost by it. */
export const restoreSeen = defineFact({
  kind: 'store.restore_seen',
  version: 1,
  entity: 'store',
  audience: ['management'],
  body: z.object({ epoch: z.string() }),
});

/** A person asked for a snapshot and has it. */
export const backupMade = defineFact({
  kind: 'backup.made',
  version: 1,
  entity: 'backup',
  audience: ['management'],
  body: z.object({ backup_id: z.string(), head_seq: z.int(), bytes: z.int(), second_copy: z.boolean() }),
});

/** Snapshots do not come about as they should, or do so again. */
export const backupTrouble = defineFact({
  kind: 'backup.trouble',
  version: 1,
  entity: 'backup',
  audience: ['management'],
  body: z.object({ place: z.enum(['own', 'second']), reason: z.string() }),
});
export const backupRecovered = defineFact({
  kind: 'backup.recovered',
  version: 1,
  entity: 'backup',
  audience: ['management'],
  body: z.object({ place: z.enum(['own', 'second']) }),
});

/** The night's trial: the newest snapshot was restored into a scratch file and looked at. */
export const backupTried = defineFact({
  kind: 'backup.tried',
  version: 1,
  entity: 'backup',
  audience: ['management'],
  body: z.object({ backup_id: z.string(), ok: z.boolean(), findings: z.array(z.string()) }),
});

export const BackupName = z.string().regex(/^[0-9A-Za-z-]{18,40}$/, 'is not the name of a backup');

const BackupDto = z.object({
  id: z.string(),
  made_at: z.string(),
  occasion: z.string(),
  bytes: z.int(),
  /** Where copies lie: `own` is the store computer’s data folder. */
  places: z.array(z.enum(['own', 'second'])),
  verified_at: z.string(),
  /** The last time it was restored into a scratch file; null when that has not happened yet. */
  tried_at: z.string().nullable(),
  tried_ok: z.boolean().nullable(),
  contents: z.object({
    business_day: z.string(),
    /** The last order’s call number. */
    orders_to: z.int().nullable(),
    orders: z.int(),
    head_seq: z.int(),
  }),
});
export type BackupDto = z.output<typeof BackupDto>;

const PlaceDto = z.object({
  place: z.enum(['own', 'second']),
  folder: z.string(),
  free_bytes: z.int().nullable(),
  /** What is wrong with it; null when all is well. */
  problem: z.string().nullable(),
});
export type PlaceDto = z.output<typeof PlaceDto>;

export const LastRestoreDto = Restored.extend({
  at: z.string(),
  /** When somebody said that they have read it; null as long as everybody is told. */
  seen_at: z.string().nullable(),
});
export type LastRestoreDto = z.output<typeof LastRestoreDto>;

export const BackupsDto = z.object({
  restaurant: z.string(),
  backups: z.array(BackupDto),
  places: z.array(PlaceDto),
  /** Minutes between two snapshots. */
  every_minutes: z.int(),
  /** Since when something has happened that no snapshot holds; null while there is nothing of the kind. */
  waiting_since: z.string().nullable(),
  /** The last time that the store went on from an earlier state. */
  last_restore: LastRestoreDto.nullable(),
});
export type BackupsDto = z.output<typeof BackupsDto>;
export { BackupDto, PlaceDto };

export const PreviewDto = z.object({
  id: z.string(),
  restaurant: z.string(),
  made_at: z.string(),
  /** What has happened since and would be undone. Money in pounds. */
  lost: z.object({
    entries: z.int(),
    orders: z.int(),
    payments: z.int(),
    payments_amount: z.number(),
    refunds: z.int(),
    first_at: z.string().nullable(),
    last_at: z.string().nullable(),
  }),
  sentence: z.string(),
});
export type PreviewDto = z.output<typeof PreviewDto>;

const Folder = z.string().trim().max(500);
export const MakeBackup = z.strictObject({});
export const PreviewBackup = z.strictObject({ id: BackupName });
export const RestoreBackup = z.strictObject({ id: BackupName, store_name: z.string().trim().max(100) });
/** By its epoch, so that nobody says so of something that they have not been shown. */
export const SeeRestore = z.strictObject({ epoch: z.string().max(80) });
export const ChooseFolder = z.strictObject({
  /** An absolute path; an empty text for none. */
  folder: z.string().trim().max(500),
});

/** Without a folder: wherever backups usually lie on this computer and its drives. */
export const FindBackups = z.strictObject({ code: TypedCode, folder: Folder.optional() });
export const MoveIn = z.strictObject({ code: TypedCode, folder: Folder.min(1), id: BackupName });

export const FoundBackupsDto = z.object({
  /** The newest first. */
  backups: z.array(
    z.object({
      id: z.string(),
      folder: z.string(),
      restaurant: z.string(),
      /** The restaurant’s own, in which `made_at` is to be shown. */
      time_zone: z.string(),
      made_at: z.string(),
      bytes: z.int(),
      business_day: z.string(),
      orders: z.int(),
      /** The last order’s call number. */
      orders_to: z.int().nullable(),
      /** It was made before somebody went back to an earlier one, and holds what was left then. */
      before_restore: z.boolean(),
    }),
  ),
  /** Files that are named like a backup and are not whole. */
  not_whole: z.array(z.string()),
});
export type FoundBackupsDto = z.output<typeof FoundBackupsDto>;

export const MovedInDto = Restored.extend({
  restaurant: z.string(),
  /** The last business day and the last order’s call number that came along. */
  business_day: z.string(),
  orders_to: z.int().nullable(),
  head_seq: z.int(),
  /** How many people had a PIN. None of them is good here: what they are hashed with is not in a backup. */
  pins: z.int(),
  /** The relay that the restaurant belonged to; it has to be joined anew, since its key is not in a backup either. */
  relay: z.string().nullable(),
});
export type MovedInDto = z.output<typeof MovedInDto>;

export const RestoredDto = Restored.extend({ head_seq: z.int(), safety_backup: z.string() });
export type RestoredDto = z.output<typeof RestoredDto>;
