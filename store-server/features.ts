import type { Command } from './commands/define.ts';
import { c2Orders } from './compat/c2-orders.ts';
import { type BackupDesk, createBackupsFeature } from './features/backups/index.ts';
import { floorFeature } from './features/floor/index.ts';
import { kitchenFeature, stationById, stationByRef } from './features/kitchen/index.ts';
import { menuFeature } from './features/menu/index.ts';
import { menuImportFeature } from './features/menu-import/index.ts';
import { ordersFeature } from './features/orders/index.ts';
import { createReceiptPreview, paymentsFeature } from './features/payments/index.ts';
import { createPlatformFeature, type PlatformLink } from './features/platform/index.ts';
import { createPrintersFeature, type FindPrinters } from './features/printers/index.ts';
import { reportsFeature } from './features/reports/index.ts';
import { createSettingOrigins, settingsFeature } from './features/settings/index.ts';
import { shiftsFeature } from './features/shifts/index.ts';
import {
  type Auth,
  createStaffFeature,
  type DeviceSurroundings,
  type PracticeDesk,
  setupDoor,
  staffName,
} from './features/staff/index.ts';
import type { Api } from './http/api.ts';
import { drawOnModel, drawPaper } from './paper-preview.ts';

/** What every feature hands over: how it is reached and what it can do. */
export interface Feature {
  readonly name: string;
  readonly routes: (api: Api) => void;
  readonly commands: readonly Command<never, never, never>[];
}

/** Everything the restaurant can do, in the order in which one feature may build on another. */
export function createFeatures(
  auth: Auth,
  backups: BackupDesk,
  relay: PlatformLink,
  find: FindPrinters,
  around: DeviceSurroundings,
  practice?: PracticeDesk,
) {
  const staff = createStaffFeature(auth, around, practice);
  const printers = createPrintersFeature({
    findStation: ({ tx }, ref) => stationByRef(tx.connection, ref, 'stations').id,
    stationName: (connection, id) => stationById(connection, id)?.name,
    draw: drawOnModel,
    find,
  });
  const all = [
    settingsFeature,
    createSettingOrigins(staffName),
    staff,
    menuFeature,
    printers,
    kitchenFeature,
    menuImportFeature,
    floorFeature,
    ordersFeature,
    shiftsFeature,
    paymentsFeature,
    createReceiptPreview(drawPaper),
    reportsFeature,
    createBackupsFeature(backups, setupDoor(auth)),
    createPlatformFeature(relay),
    c2Orders,
  ];
  return { staff, printers, all };
}
