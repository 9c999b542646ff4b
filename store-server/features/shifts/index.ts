import * as facts from '#contract/shifts.facts.ts';
import { closeShift } from './shifts.commands/close.ts';
import { copyZ } from './shifts.commands/copy-z.ts';
import { countDrawer } from './shifts.commands/count.ts';
import { moveCash, openWithoutSale } from './shifts.commands/drawer.ts';
import { openShift } from './shifts.commands/open.ts';
import { printX } from './shifts.commands/print-x.ts';
import { addTill } from './shifts.commands/tills.ts';
import { shiftRoutes } from './shifts.routes.ts';

export { checkDrawers } from './shifts.invariants.ts';
export {
  insistOpenSession,
  nextSessionAlias,
  nextZNumber,
  openSession,
  type Session,
  type Till,
  tillByRef,
  tills,
  unfinishedSessions,
} from './shifts.reads.ts';
export type { ShiftReport } from './shifts.report.ts';
export { openDrawer, printAtTill, tillOf } from './shifts.till.ts';
export { addTill, closeShift, countDrawer, moveCash, openShift, openWithoutSale };

export const shiftsFeature = {
  name: 'shifts',
  routes: shiftRoutes,
  facts: [
    facts.shiftOpened,
    facts.shiftStateChanged,
    facts.shiftClosed,
    facts.drawerCounted,
    facts.cashMoved,
    facts.noSale,
    facts.zReportMade,
    facts.zReportCopied,
    facts.xReportPrinted,
    facts.tillAdded,
  ],
  commands: [openShift, countDrawer, moveCash, openWithoutSale, closeShift, copyZ, printX, addTill],
};
