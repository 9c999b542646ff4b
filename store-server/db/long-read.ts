import type { Connection } from './connection.ts';

/**
 * A read that may go through a whole day of orders. It takes and gives plain data, so that it can be done in another
 * thread, over a connection of its own, while the loop goes on taking orders.
 */
export interface LongRead<Input = never, Output = unknown> {
  readonly name: string;
  readonly read: (connection: Connection, input: Input) => Output;
}

/** Does a long read somewhere where nobody has to wait for it but who asked. */
export type ReadAside = <Input, Output>(long: LongRead<Input, Output>, input: Input) => Promise<Output>;
