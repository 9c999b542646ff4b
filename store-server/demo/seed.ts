import { printerChanged } from '#contract/printers.ts';
import { systemCaller } from '../commands/caller.ts';
import type { Core } from '../commands/core.ts';
import { defineCommand } from '../commands/define.ts';
import { printers, printerTable } from '../features/printers/index.ts';
import type { createStaffFeature } from '../features/staff/index.ts';
import { DemoAddresses, fillDemo, isFilled } from './fill.ts';
import { demoPrinterNames, demoPrinters } from './restaurant.ts';

/**
 * Points the demo's printers at the ports on which the virtual ones listen now. Slips that waited go there too. A
 * printer that somebody renamed, removed or gave an address outside this computer is left as it is.
 */
export const pointPrinters = defineCommand({
  name: 'demo.point_printers',
  permission: 'printers.change',
  input: DemoAddresses,
  handle({ tx }, addresses) {
    for (const key of demoPrinters) {
      const printer = printers(tx.connection).find((one) => one.name === demoPrinterNames[key]);
      if (printer === undefined || printer.address === addresses[key]) continue;
      if (!DemoAddresses.valueType.safeParse(printer.address).success) continue;
      tx.on('printer', printer.id)
        .update(printerTable, printer.id, { address: addresses[key] })
        .tell(printerChanged, { printer_id: printer.id, name: printer.name });
    }
    return null;
  },
});

/**
 * Makes an open demo store ready: fills it if it is empty, else only points its printers at their new ports.
 * The store's identity says that it is a demo; that has to be checked before.
 */
export async function seedDemo(
  core: Core,
  staff: ReturnType<typeof createStaffFeature>['by'],
  addresses: DemoAddresses,
): Promise<'filled' | 'reused'> {
  if (isFilled(core.connection())) {
    await core.execute(pointPrinters, systemCaller(), addresses);
    return 'reused';
  }
  await core.execute(fillDemo(staff), systemCaller(), addresses);
  return 'filled';
}
