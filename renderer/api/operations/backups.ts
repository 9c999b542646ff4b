import {
  BackupDto,
  BackupsDto,
  ChooseFolder,
  FindBackups,
  FoundBackupsDto,
  LastRestoreDto,
  MovedInDto,
  MoveIn,
  PlaceDto,
  PreviewDto,
  RestoreBackup,
  RestoredDto,
  SeeRestore,
} from '#contract/backups.ts';
import { change, read } from './define.ts';

export const backups = {
  list: read('backups.list', '/api/v1/backups', {
    answers: BackupsDto,
    staleAfter: ['backup.', 'store.', 'settings.'],
  }),
  make: change('backups.make', 'post', '/api/v1/backups', { answers: BackupDto }),
  preview: change('backups.preview', 'post', '/api/v1/backups/:id/preview', { answers: PreviewDto }),
  restore: change('backups.restore', 'post', '/api/v1/backups/:id/restore', {
    body: RestoreBackup.omit({ id: true }),
    answers: RestoredDto,
  }),
  seeRestore: change('backups.see_restore', 'post', '/api/v1/backups/last-restore/seen', {
    body: SeeRestore,
    answers: LastRestoreDto,
  }),
};

/** At a computer without a restaurant, by its set-up code. */
export const movingIn = {
  find: change('backups.find', 'post', '/api/v1/backups/find', { body: FindBackups, answers: FoundBackupsDto }),
  moveIn: change('backups.move_in', 'post', '/api/v1/backups/move-in', { body: MoveIn, answers: MovedInDto }),
};

export const secondFolder = {
  choose: {
    ...change('backups.choose_folder', 'put', '/api/v1/backups/second-folder', {
      body: ChooseFolder,
      answers: PlaceDto,
    }),
    list: true,
  },
};
