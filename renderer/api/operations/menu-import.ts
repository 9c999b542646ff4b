import { ImportUndoneDto, MenuImportBody, MenuImportDto, MenuImportedDto } from '#contract/menu-import.ts';
import { change, readList } from './define.ts';

export const menuImport = {
  bringIn: change('menu.import', 'post', '/api/v1/menu/import', { body: MenuImportBody, answers: MenuImportedDto }),
  latest: readList('menu.imports', '/api/v1/menu/imports', {
    answers: MenuImportDto,
    staleAfter: ['menu.imported', 'menu.import_undone'],
  }),
  undo: change('menu.undo_import', 'post', '/api/v1/menu/imports/:import_id/undo', { answers: ImportUndoneDto }),
};
