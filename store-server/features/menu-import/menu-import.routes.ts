import * as contract from '#contract/menu-import.ts';
import type { Api } from '../../http/api.ts';
import { importMenu } from './menu-import.commands.ts';
import { importDto, importInput } from './menu-import.dto.ts';
import { latestImports } from './menu-import.reads.ts';
import { undoImport } from './menu-import.undo.commands.ts';

export const menuImportRoutes = (api: Api): void =>
  api.router('/api/v1/menu', (at) => {
    at.post('/import', importMenu, {
      summary: 'Bring in up to 1,000 dishes by name, new ones and changed ones, all or none of them',
      body: contract.MenuImportBody,
      bodyBytes: contract.importLimits.bodyBytes,
      toInput: importInput,
      answers: contract.MenuImportedDto,
      message: 'The menu is in.',
    });
    at.get(
      '/imports',
      ({ connection, now }) => latestImports(connection, now).map((one) => importDto(connection, one)),
      {
        operation: 'menu.imports',
        summary: 'What was brought in during the last seven days',
        access: 'menu.change',
        answers: contract.MenuImportDto,
        plural: 'imports',
      },
    );
    at.post('/imports/:import_id/undo', undoImport, {
      summary: 'Take an import back, but for dishes that somebody has changed since',
      params: contract.UndoImportInput,
      answers: contract.ImportUndoneDto,
      status: 200,
    });
  });
