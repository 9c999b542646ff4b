import { systemCaller } from '../commands/caller.ts';
import { printers } from '../features/printers/index.ts';
import { storeIdentity } from '../features/settings/index.ts';
import { createDeviceCode } from '../features/staff/index.ts';
import { parsePrinterAddress } from '../hardware/printing/wires/address.ts';
import type { StoreServer } from '../server.ts';
import type { DemoAddresses } from './fill.ts';
import type { Lab } from './lab.ts';
import { demoPrinterNames, demoPrinters } from './restaurant.ts';
import { seedDemo } from './seed.ts';
import { demoSignIns } from './staff.ts';

export class DemoRefused extends Error {
  override readonly name = 'DemoRefused';
}

type Store = Pick<StoreServer, 'core' | 'features' | 'url'>;

/** @throws DemoRefused when this folder holds a real restaurant */
function insistDemo({ core }: Store): void {
  if (storeIdentity(core.connection()).kind === 'demo') return;
  throw new DemoRefused('This folder holds a real restaurant; the demo does not touch it. Give another --data-dir.');
}

/** The port on which this virtual printer listened last time, so that it comes back there; 0 for a new one. */
function lastPort({ core }: Store, name: string): number {
  const printer = printers(core.connection()).find((one) => one.name === name);
  const parsed = printer === undefined ? undefined : parsePrinterAddress(printer.address);
  return parsed?.ok === true && parsed.address.host === '127.0.0.1' ? parsed.address.port : 0;
}

/**
 * Makes an open store the demo restaurant: fills it when it is empty, starts its virtual printers, and says how to sign
 * in, as sentences for the console.
 */
export async function openDemo(store: Store, lab: Lab): Promise<string[]> {
  insistDemo(store);
  const started = await Promise.all(
    demoPrinters.map(async (key) => [key, await lab.start(lastPort(store, demoPrinterNames[key]))] as const),
  );
  const addresses = Object.fromEntries(started.map(([key, { address }]) => [key, address])) as DemoAddresses;
  await seedDemo(store.core, store.features.staff.by, addresses);
  for (const { id, name } of printers(store.core.connection())) {
    const virtual = started.find(([key]) => demoPrinterNames[key] === name)?.[1];
    if (virtual !== undefined) lab.name(id, virtual);
  }
  const codes = [
    await createDeviceCode(store.core, systemCaller()),
    await createDeviceCode(store.core, systemCaller()),
  ];
  const { owner, manager, server } = demoSignIns;
  return [
    `Demo restaurant at ${store.url}`,
    `  owner    ${owner.email} / ${owner.password}`,
    `  manager  ${manager.email} / ${manager.password}  PIN ${manager.pin}`,
    `  server   ${server.email} / ${server.password}  PIN ${server.pin}`,
    `  device codes  ${codes.map(({ code }) => code).join('  ')}`,
  ];
}
