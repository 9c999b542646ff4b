import * as facts from '#contract/printers.ts';
import { type FindStation, printerCommands } from './printers.commands.ts';
import { finishJob, recoverJobs, startJob } from './printers.results.ts';
import { printerRoutes, type StationName } from './printers.routes.ts';

export {
  DRAWER_PULSE_LIFE_MS,
  enqueueDrawerPulse,
  enqueueTicket,
  type PrintPayload,
} from './printers.jobs.ts';
export {
  nextJob,
  type Printer,
  type PrintJob,
  printerByRef,
  printerEver,
  printerIdOf,
  printers,
  printersOfStation,
  printLane,
  receiptPrinter,
  slipsAbout,
  unfinishedJobs,
  waitingJobs,
} from './printers.reads.ts';
export { finishJob, recoverJobs, startJob } from './printers.results.ts';
export { printerTable } from './printers.schema.ts';

/** Printers know stations by id only; the kitchen, a later feature, hands over how to find and name one. */
export function createPrintersFeature(kitchen: { findStation: FindStation; stationName: StationName }) {
  const commands = printerCommands(kitchen.findStation);
  return {
    name: 'printers',
    by: commands,
    routes: printerRoutes(commands, kitchen.stationName),
    facts: [
      facts.printerAdded,
      facts.printerChanged,
      facts.printerRemoved,
      facts.drawerPulsed,
      facts.printStuck,
      facts.printUncertain,
      facts.printRecovered,
      facts.jobDied,
      facts.paperLow,
    ],
    commands: [...Object.values(commands), startJob, finishJob, recoverJobs],
  };
}
