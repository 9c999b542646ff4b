import { storeRestored } from '#contract/backups.ts';
import { settingsChanged, storeBranched, storeFounded } from '#contract/settings.ts';
import { changeSettings, found } from './settings.commands.ts';
import { type NameOf, originRoutes, settingsRoutes } from './settings.routes.ts';

export { applySettings, branchOff, foundStore, startEpoch } from './settings.commands.ts';
export { nextIn, type Series, takenIn } from './settings.numbers.ts';
export {
  type StoreIdentity,
  settingsOf,
  storeIdentity,
} from './settings.reads.ts';
export { withChange } from './settings.rules.ts';

export const settingsFeature = {
  name: 'settings',
  routes: settingsRoutes,
  facts: [settingsChanged, storeFounded, storeBranched, storeRestored],
  commands: [changeSettings, found],
};

/** Who changed what: apart, because names belong to the staff. */
export const createSettingOrigins = (nameOf: NameOf) => ({
  name: 'setting origins',
  routes: originRoutes(nameOf),
  commands: [],
});
