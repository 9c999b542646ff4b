import { z } from 'zod';
import {
  type BackupDto,
  backupMade,
  backupRecovered,
  backupTried,
  backupTrouble,
  ChooseFolder,
  type LastRestoreDto,
  MakeBackup,
  type PlaceDto,
  PreviewBackup,
  type PreviewDto,
  RestoreBackup,
  type RestoredDto,
  restoreSeen,
  SeeRestore,
} from '#contract/backups.ts';
import { defineCommand } from '../../commands/define.ts';
import { isoTime } from '../../kernel/dates.ts';
import { Problem } from '../../kernel/verdict.ts';
import { applySettings } from '../settings/index.ts';
import type { BackupDesk } from './backups.desk.ts';

/** Alerts hang on one thing that is always there: the store's backups as a whole. */
const ALL = 'backups';

/** Someone who may not do this must not set anything slow going. */
function insistMay(may: boolean, permission: string): void {
  if (!may) throw new Problem('FORBIDDEN', { permission });
}

export const backupCommands = (desk: BackupDesk) => ({
  make: defineCommand({
    name: 'backups.make',
    permission: 'backups.make',
    input: MakeBackup,
    prepare: async ({ caller }) => {
      insistMay(caller.actor.may('backups.make'), 'backups.make');
      return desk.make();
    },
    handle({ tx }, _input, made: BackupDto): BackupDto {
      tx.on('backup', ALL).tell(backupMade, {
        backup_id: made.id,
        head_seq: made.contents.head_seq,
        bytes: made.bytes,
        second_copy: made.places.includes('second'),
      });
      return made;
    },
  }),

  preview: defineCommand({
    name: 'backups.preview',
    permission: 'backups.restore',
    keepsReceipt: false,
    input: PreviewBackup,
    handle: ({ tx }, { id }): PreviewDto => desk.preview(tx.connection, id),
  }),

  /** The work is done before: what is left is to note, in the restored database, that this request has its answer. */
  restore: defineCommand({
    name: 'backups.restore',
    permission: 'backups.restore',
    input: RestoreBackup,
    prepare: async ({ caller }, { id, store_name }) => {
      insistMay(caller.actor.may('backups.restore'), 'backups.restore');
      return desk.restore(id, store_name, caller.actor.id);
    },
    handle: (_context, _input, restored: RestoredDto): RestoredDto => restored,
  }),

  seeRestore: defineCommand({
    name: 'backups.see_restore',
    permission: 'backups.restore',
    input: SeeRestore,
    handle({ tx, now }, { epoch }): LastRestoreDto {
      const last = desk.lastRestore(tx.connection);
      if (last === null || last.epoch !== epoch) throw new Problem('NOT_FOUND', { field: 'epoch' });
      if (last.seen_at !== null) return last;
      tx.on('store', last.store_id).tell(restoreSeen, { epoch });
      return { ...last, seen_at: isoTime(now) };
    },
  }),

  chooseFolder: defineCommand({
    name: 'backups.choose_folder',
    permission: 'backups.restore',
    input: ChooseFolder,
    prepare: async ({ caller }, { folder }) => {
      insistMay(caller.actor.may('backups.restore'), 'backups.restore');
      return folder === '' ? null : desk.folderProblem(folder);
    },
    handle(context, { folder }, problem: string | null): PlaceDto[] {
      if (problem !== null) throw new Problem('VALIDATION_ERROR', { field: 'folder', reason: problem });
      applySettings(context, { backup: { second_folder: folder } });
      return desk.places(folder);
    },
  }),
});

const Alert = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('trouble'), place: z.enum(['own', 'second']), reason: z.string() }),
  z.object({ kind: z.literal('recovered'), place: z.enum(['own', 'second']) }),
  z.object({ kind: z.literal('tried'), backup_id: z.string(), ok: z.boolean(), findings: z.array(z.string()) }),
]);
export type BackupAlert = z.output<typeof Alert>;

/** The server itself tells how it fares with the snapshots; reached by no route. */
export const alert = defineCommand({
  name: 'backups.alert',
  permission: 'backups.make',
  input: Alert,
  handle({ tx }, input): null {
    const writer = tx.on('backup', ALL);
    if (input.kind === 'trouble') writer.tell(backupTrouble, { place: input.place, reason: input.reason });
    else if (input.kind === 'recovered') writer.tell(backupRecovered, { place: input.place });
    else writer.tell(backupTried, { backup_id: input.backup_id, ok: input.ok, findings: input.findings });
    return null;
  },
});
