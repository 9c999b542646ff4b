import { createContext, useContext } from 'react';

/** Whether an address of the window leads to a screen that is there and that this person may see. */
export type Reach = (address: string) => boolean;

/** Filled in by the frame, which knows the screens; they themselves ask through it. */
export const ReachContext = createContext<Reach>(() => false);
export const useReach = (): Reach => useContext(ReachContext);
