import * as facts from '#contract/orders.facts.ts';
import { addLines } from './orders.commands/add-lines.ts';
import { bumpLine, recallLine } from './orders.commands/bump-line.ts';
import { cancelOrder } from './orders.commands/cancel-order.ts';
import { changeLine } from './orders.commands/change-line.ts';
import { fire } from './orders.commands/fire-lines.ts';
import { moveOrder } from './orders.commands/move-order.ts';
import { noteAllergies } from './orders.commands/note-allergies.ts';
import { openOrderCommand } from './orders.commands/open-order.ts';
import { printBill } from './orders.commands/print-bill.ts';
import { removeService } from './orders.commands/remove-service.ts';
import { splitOrder, unsplitOrder } from './orders.commands/split-order.ts';
import { updateOrder } from './orders.commands/update-order.ts';
import { voidLine } from './orders.commands/void-line.ts';
import { orderRoutes } from './orders.routes.ts';

export { answerOf, type OrderAnswer, orderDto, paymentOfOrderDto } from './orders.dto.ts';
export { nextOrderAlias, nextOrderNumber, openOrderCount, orderIdOf, ordersWithOtherTotals } from './orders.reads.ts';
export { orderAnswerDto } from './orders.routes.ts';
export { sampleOrder } from './orders.sample.ts';
export { orderLineTable, orderTable } from './orders.schema.ts';
export { settleOrder } from './orders.settling.ts';
export type { CheckSums, LineSums } from './orders.sums.rules.ts';
export { headOf } from './orders.telling.ts';
export { amountOnPaper, checkBody, checkHead, houseHead, typedLines } from './orders.tickets.ts';
export {
  type LineView,
  type OrderView,
  openOrders,
  orderView,
  orderViewByRef,
  type ShareView,
} from './orders.view.ts';
export { openOrderCommand };

export const ordersFeature = {
  name: 'orders',
  routes: orderRoutes,
  facts: Object.values(facts),
  commands: [
    openOrderCommand,
    addLines,
    changeLine,
    voidLine,
    fire,
    bumpLine,
    recallLine,
    noteAllergies,
    moveOrder,
    printBill,
    splitOrder,
    unsplitOrder,
    removeService,
    cancelOrder,
    updateOrder,
  ],
};
