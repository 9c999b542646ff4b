import { createVirtualPrinter, type VirtualPrinter } from '../hardware/lab/virtual-printer.ts';
import type { Clock } from '../kernel/clock.ts';

/** The virtual printers that run inside this server, by printer id. */
export interface Lab {
  /** Starts one on the wanted port, or on a free one when that is taken; 0 asks for a free one. */
  start(wantedPort: number): Promise<VirtualPrinter>;
  /** Says which printer of the restaurant a virtual one stands for. */
  name(printerId: string, printer: VirtualPrinter): void;
  printers(): ReadonlyMap<string, VirtualPrinter>;
  /** Where each one that runs is to be reached, named or not. */
  places(): readonly { readonly host: string; readonly port: number }[];
  close(): Promise<void>;
}

export function createLab(clock: Clock): Lab {
  const running: VirtualPrinter[] = [];
  const named = new Map<string, VirtualPrinter>();
  const start = async (port: number): Promise<VirtualPrinter> => {
    const printer = await createVirtualPrinter({ port, clock });
    running.push(printer);
    return printer;
  };
  return {
    async start(wantedPort) {
      try {
        return await start(wantedPort);
      } catch (error) {
        if (wantedPort === 0 || (error as { code?: string }).code !== 'EADDRINUSE') throw error;
        return start(0);
      }
    },
    name: (printerId, printer) => void named.set(printerId, printer),
    printers: () => named,
    places: () =>
      running.map(({ address }) => ({ host: new URL(address).hostname, port: Number(new URL(address).port) })),
    close: async () => void (await Promise.all(running.map((printer) => printer.close()))),
  };
}
