import type { Command } from './commands/define.ts';
import { c2Orders } from './compat/c2-orders.ts';
import { type BackupDesk, createBackupsFeature } from './features/backups/index.ts';
import { floorFeature } from './features/floor/index.ts';
import { kitchenFeature, stationById, stationByRef } from './features/kitchen/index.ts';
import { menuFeature } from './features/menu/index.ts';
import { ordersFeature } from './features/orders/index.ts';
import { paymentsFeature } from './features/payments/index.ts';
import { createPlatformFeature, type PlatformLink } from './features/platform/index.ts';
import { createPrintersFeature } from './features/printers/index.ts';
import { reportsFeature } from './features/reports/index.ts';
import { settingsFeature } from './features/settings/index.ts';
import { shiftsFeature } from './features/shifts/index.ts';
import { type Auth, createStaffFeature } from './features/staff/index.ts';
import type { Api } from './http/api.ts';

/** What every feature hands over: how it is reached and what it can do. */
export interface Feature {
  readonly name: string;
  readonly routes: (api: Api) => void;
  readonly commands: readonly Command<never, never, never>[];
}

/** Everything the restaurant can do, in the order in which one feature may build on another. */
export function createFeatures(auth: Auth, backups: BackupDesk, relay: PlatformLink) {
  const staff = createStaffFeature(auth);
  const printers = createPrintersFeature({
    findStation: ({ tx }, ref) => stationByRef(tx.connection, ref, 'stations').id,
    stationName: (connection, id) => stationById(connection, id)?.name,
  });
  const all = [
    settingsFeature,
    staff,
    menuFeature,
    printers,
    kitchenFeature,
    floorFeature,
    ordersFeature,
    shiftsFeature,
    paymentsFeature,
    reportsFeature,
    createBackupsFeature(backups),
    createPlatformFeature(relay),
    c2Orders,
  ];
  return { staff, printers, all };
}
