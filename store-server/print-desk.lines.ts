import type { Printer } from './features/printers/index.ts';
import { type PrinterModel, printerModelById, printerModels } from './hardware/models/printer-models.ts';
import type { PrinterLink } from './hardware/printing/link.ts';

/**
 * One line for each address, however many printers are set to it: when the grill's printer breaks, somebody points it at
 * the bar's, and a real printer takes one connection at a time.
 */
export function createPrinterLines(dial: (address: string, model: PrinterModel) => PrinterLink) {
  const links = new Map<string, PrinterLink>();
  /** Which line each printer uses. */
  const used = new Map<string, string>();
  const ending = new Set<Promise<void>>();

  /** Whoever knocks there is set free; a slip whose bytes are under way is left to finish. */
  function letGo(key: string | undefined): void {
    const link = key === undefined ? undefined : links.get(key);
    if (key === undefined || link === undefined || [...used.values()].includes(key)) return;
    links.delete(key);
    const end = link.close().finally(() => ending.delete(end));
    ending.add(end);
  }

  return {
    /** The line to a printer as it is set now, and whether it led somewhere else before. */
    reach({ id, address, model: modelId }: Printer): { link: PrinterLink; isMoved: boolean } {
      const model = printerModelById(modelId) ?? (printerModels[0] as PrinterModel);
      const key = `${model.id} ${address}`;
      const before = used.get(id);
      used.set(id, key);
      const link = links.get(key) ?? dial(address, model);
      links.set(key, link);
      if (before !== key) letGo(before);
      return { link, isMoved: before !== undefined && before !== key };
    },
    leave(printerId: string): void {
      const key = used.get(printerId);
      used.delete(printerId);
      letGo(key);
    },
    /** Every line is dialled anew before its next slip. */
    redial(): void {
      for (const link of links.values()) link.redial();
    },
    /** Whether a slip's bytes are on their way to this printer. */
    isBusy(printerId: string): boolean {
      return links.get(used.get(printerId) ?? '')?.state().name === 'busy';
    },
    async close(): Promise<void> {
      await Promise.all([...[...links.values()].map((link) => link.close()), ...ending]);
    },
  };
}
