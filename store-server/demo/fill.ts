import { z } from 'zod';
import { printerAdded } from '#contract/printers.ts';
import { NewStaff } from '#contract/staff.ts';
import { type CommandContext, defineCommand } from '../commands/define.ts';
import type { Connection } from '../db/connection.ts';
import { addSection, addTable } from '../features/floor/index.ts';
import { addStation } from '../features/kitchen/index.ts';
import { printerTable } from '../features/printers/index.ts';
import { applySettings } from '../features/settings/index.ts';
import { addTill } from '../features/shifts/index.ts';
import { type createStaffFeature, staffByRef } from '../features/staff/index.ts';
import { Problem } from '../kernel/verdict.ts';
import { fillMenu } from './fill-menu.ts';
import { demoSections, tablesOf } from './floor.ts';
import type { StationKey } from './menu/dish.ts';
import {
  type DemoPrinter,
  demoPrinterModel,
  demoPrinterNames,
  demoPrinters,
  demoSettings,
  demoStations,
  demoTill,
} from './restaurant.ts';
import { demoStaff } from './staff.ts';
import { within } from './within.ts';

const Address = z.string().regex(/^tcp:\/\/127\.0\.0\.1:\d{1,5}$/, 'has to be a loopback address');

/** Where the virtual printers listen this time: `tcp://127.0.0.1:<port>` by printer. */
export const DemoAddresses = z.record(z.enum(demoPrinters as [DemoPrinter, ...DemoPrinter[]]), Address);
export type DemoAddresses = z.output<typeof DemoAddresses>;

type StaffCommands = ReturnType<typeof createStaffFeature>['by'];
type StationIds = Readonly<Record<StationKey, string>>;

function fillKitchen(context: CommandContext): StationIds {
  const entries = Object.entries(demoStations).map(([key, station]) => [
    key,
    within(context, addStation, station, undefined).id,
  ]);
  return Object.fromEntries(entries) as StationIds;
}

/** One printer for each station and one at the till; answers the till's. */
function fillPrinters({ tx, ids }: CommandContext, stations: StationIds, addresses: DemoAddresses): string {
  const printerIds = demoPrinters.map((key) => {
    const id = ids.next();
    const name = demoPrinterNames[key];
    tx.on('printer', id)
      .insert(printerTable, {
        id,
        name,
        address: addresses[key],
        model: demoPrinterModel,
        stations: key === 'till' ? [] : [stations[key]],
        isReceiptPrinter: key === 'till',
        removedAt: null,
      })
      .tell(printerAdded, { printer_id: id, name });
    return [key, id] as const;
  });
  return new Map(printerIds).get('till') as string;
}

function fillFloor(context: CommandContext): void {
  let number = 0;
  for (const section of demoSections) {
    const { name, color } = section;
    const { id } = within(context, addSection, { name, color }, undefined);
    for (const { seats, shape, width, height, x, y } of tablesOf(section)) {
      number += 1;
      const table = { name: String(number), section_id: id, seats, shape, width, height, x, y, rotation: 0 };
      within(context, addTable, table, undefined);
    }
  }
}

/** Whether somebody has been added: the demo is then filled already, or this is not a demo at all. */
export const isFilled = (connection: Connection): boolean => staffByRef(connection, 1) !== undefined;

/**
 * Fills an empty store with the demo restaurant, in one transaction and through the same verbs that people use.
 * Passwords and PINs are hashed before it begins.
 */
export const fillDemo = ({ addStaff }: StaffCommands) => {
  const people = demoStaff.map((person) => NewStaff.parse(person));
  return defineCommand({
    name: 'demo.fill',
    permission: 'settings.change',
    input: DemoAddresses,
    keepsReceipt: false,
    prepare: async (at) => await Promise.all(people.map(async (person) => await addStaff.prepare?.(at, person))),
    handle(context, addresses, secrets) {
      if (isFilled(context.tx.connection)) throw new Problem('CONFLICT');
      applySettings(context, demoSettings);
      for (const [index, person] of people.entries()) {
        const secret = secrets[index];
        if (secret !== undefined) within(context, addStaff, person, secret);
      }
      const stations = fillKitchen(context);
      const receiptPrinter = fillPrinters(context, stations, addresses);
      within(context, addTill, { name: demoTill, printer_id: receiptPrinter }, undefined);
      fillFloor(context);
      fillMenu(context, stations);
      return { filled: true as const };
    },
  });
};
