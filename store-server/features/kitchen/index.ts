import * as facts from '#contract/kitchen.ts';
import { addStation, changeStation, showStation, writeStation } from './kitchen.commands.ts';
import { kitchenRoutes } from './kitchen.routes.ts';

export { sendFireTickets, sendNotice, sendVoidSlip } from './kitchen.dispatch.ts';
export { type Station, stationById, stationByRef, stations } from './kitchen.reads.ts';
export { addStation, showStation, writeStation };

export const kitchenFeature = {
  name: 'kitchen',
  routes: kitchenRoutes,
  facts: [facts.stationAdded, facts.stationChanged, facts.voidSlipSent],
  commands: [addStation, changeStation],
};
