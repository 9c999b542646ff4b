import { z } from 'zod';
import {
  BackupDto,
  BackupName,
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
import type { Api } from '../../http/api.ts';
import type { backupCommands } from './backups.commands.ts';
import type { BackupDesk } from './backups.desk.ts';
import type { moveInCommands } from './backups.move-in.commands.ts';

const params = z.object({ id: BackupName });

export const backupRoutes =
  (desk: BackupDesk, by: ReturnType<typeof backupCommands> & ReturnType<typeof moveInCommands>) => (api: Api) =>
    api.router('/api/v1/backups', (at) => {
      at.get('', ({ connection }) => desk.list(connection), {
        operation: 'backups.list',
        summary: 'Which snapshots there are, where they lie and what is in them',
        access: 'backups.read',
        answers: BackupsDto,
      });
      at.post('', by.make, {
        summary: 'Take a snapshot now',
        answers: BackupDto,
        message: 'The backup is made and verified.',
      });
      at.put('/second-folder', by.chooseFolder, {
        summary: 'Choose a folder on another disk for a second copy of each snapshot',
        body: ChooseFolder,
        answers: z.array(PlaceDto),
        plural: 'places',
        message: 'The folder is saved.',
      });
      at.post('/last-restore/seen', by.seeRestore, {
        summary: 'Say that you have read what the last restore lost; nobody is told of it any longer',
        body: SeeRestore,
        answers: LastRestoreDto,
        status: 200,
        message: 'Noted that this has been read.',
      });
      at.post('/find', by.find, {
        summary: 'On a store without an owner: which backups of a restaurant lie on this computer and its drives',
        access: 'public',
        body: FindBackups,
        answers: FoundBackupsDto,
        status: 200,
        message: 'Nothing has been changed.',
      });
      at.post('/move-in', by.moveIn, {
        summary: 'On a store without an owner: become the restaurant in a backup, with its people and its history',
        access: 'public',
        body: MoveIn,
        answers: MovedInDto,
        status: 200,
        message: 'The restaurant is here. You can sign in now.',
      });
      at.post('/:id/preview', by.preview, {
        summary: 'What would be lost by going back to a snapshot',
        params,
        answers: PreviewDto,
        status: 200,
        message: 'Nothing has been changed.',
      });
      at.post('/:id/restore', by.restore, {
        summary: 'Go back to a snapshot; the restaurant’s name has to be typed',
        params,
        body: RestoreBackup.omit({ id: true }),
        answers: RestoredDto,
        status: 200,
        message: 'The restaurant goes on from the backup.',
      });
    });
