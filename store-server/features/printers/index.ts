import * as facts from '#contract/printers.ts';
import { type FindStation, printerCommands } from './printers.commands.ts';
import { type FindPrinters, searchOf } from './printers.find.commands.ts';
import { cancelJob, moveJobTo, retryJob } from './printers.job.commands.ts';
import { finishJob, recoverJobs, startJob } from './printers.results.ts';
import { type DrawOnModel, printerRoutes, type StationName } from './printers.routes.ts';

export { routeStation } from './printers.commands.ts';
export type { FindPrinters } from './printers.find.commands.ts';
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
export type { DrawOnModel } from './printers.routes.ts';
export { printerTable } from './printers.schema.ts';

interface FromOthers {
  /** Printers know stations by id only; the kitchen, a later feature, hands over how to find and name one. */
  readonly findStation: FindStation;
  readonly stationName: StationName;
  /** Paper and the network are left to whoever knows them. */
  readonly draw: DrawOnModel;
  readonly find: FindPrinters;
}

export function createPrintersFeature({ findStation, stationName, draw, find }: FromOthers) {
  const commands = printerCommands(findStation);
  const search = searchOf(find);
  return {
    name: 'printers',
    by: commands,
    routes: printerRoutes({ commands, search, stationName, draw }),
    facts: [
      facts.printerAdded,
      facts.printerChanged,
      facts.printerRemoved,
      facts.printerRestored,
      facts.jobRetried,
      facts.jobMoved,
      facts.drawerPulsed,
      facts.printStuck,
      facts.printUncertain,
      facts.printRecovered,
      facts.jobDied,
      facts.paperLow,
    ],
    commands: [
      ...Object.values(commands),
      search.discover,
      retryJob,
      cancelJob,
      moveJobTo,
      startJob,
      finishJob,
      recoverJobs,
    ],
  };
}
