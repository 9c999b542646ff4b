import { storeRestored } from '#contract/backups.ts';
import { settingsChanged, storeFounded } from '#contract/settings.ts';
import { changeSettings, found } from './settings.commands.ts';
import { settingsRoutes } from './settings.routes.ts';

export { applySettings, foundStore, startEpoch } from './settings.commands.ts';
export {
  type StoreIdentity,
  settingsOf,
  storeIdentity,
} from './settings.reads.ts';

export const settingsFeature = {
  name: 'settings',
  routes: settingsRoutes,
  facts: [settingsChanged, storeFounded, storeRestored],
  commands: [changeSettings, found],
};
