import * as facts from '#contract/menu-import.ts';
import { importMenu } from './menu-import.commands.ts';
import { menuImportRoutes } from './menu-import.routes.ts';
import { undoImport } from './menu-import.undo.commands.ts';

export const menuImportFeature = {
  name: 'menu-import',
  routes: menuImportRoutes,
  facts: [facts.menuImported, facts.menuImportUndone],
  commands: [importMenu, undoImport],
};
