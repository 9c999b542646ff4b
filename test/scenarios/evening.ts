import { closeTheTill, reconcile, type Takings } from './evening/closing.ts';
import { buyMilk, pay, refundDish } from './evening/paying.ts';
import { bring, type Order, serve } from './evening/service.ts';
import { compareSockets } from './evening/sockets.ts';
import { printers, type Stage, setTheStage } from './evening/stage.ts';
import { agree, type Teller, type Venue } from './evening/telling.ts';

/** What came of the evening, for whoever wants to look closer. */
export interface Evening {
  readonly stage: Stage;
  readonly order: Order;
  readonly z: Order;
  readonly takings: Takings;
}

/**
 * A whole evening in the demo restaurant, over HTTP and sockets alone: open, order, fire, void, pay, refund, close. The
 * stage goes on listening until its people are sent home.
 * @throws Disagreement as soon as anything is not as it has to be
 */
export async function playEvening(venue: Venue, teller: Teller): Promise<Evening> {
  const stage = await setTheStage(venue, teller);
  try {
    const { order: eaten, haddock, slept } = await serve(stage);
    const { order, shares } = await bring(stage, eaten);
    const paid = await pay(stage, order, shares);
    const refund = await refundDish(stage, order, haddock);
    const takings = { ...paid, refund, milk: await buyMilk(stage) };
    const z = await closeTheTill(stage, takings);
    await reconcile(stage, z, order, takings);
    await compareSockets(stage, order.id, slept);
    for (const printer of Object.values(printers))
      agree(`slips too many on the ${printer}`, await stage.slips.left(printer), 0);
    return { stage, order, z, takings };
  } catch (error) {
    stage.people.goHome();
    throw error;
  }
}
