import { BackupsDto } from '#contract/backups.ts';
import { read } from './define.ts';

export const backups = {
  list: read('backups.list', '/api/v1/backups', { answers: BackupsDto, staleAfter: ['backup.', 'store.restored'] }),
};
