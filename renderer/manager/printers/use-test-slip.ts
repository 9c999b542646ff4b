import { useState } from 'react';
import { type Act, useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { printers } from '#api/operations/printers.ts';
import { useRefresh } from '#api/queries.ts';
import type { Printer } from './printers.rules.ts';
import { texts } from './printers.texts.ts';

export interface TestSlip {
  readonly act: Act;
  /** The job that somebody is asked about; null when there is none. */
  readonly slip: string | null;
  test(): Promise<void>;
  done(): void;
}

/** Prints a printer's name on it. @param printed hears of the job */
export function useTestSlip({ id, name }: Printer, printed?: (jobId: string) => void): TestSlip {
  const [slip, setSlip] = useState<string | null>(null);
  const act = useAct();
  const refresh = useRefresh();
  async function test(): Promise<void> {
    await act.run({
      title: texts.test.activity(name),
      run: async (key) => {
        const { data } = await change(printers.test, { params: { printer_id: id } }, { key });
        setSlip(data.job_id);
        printed?.(data.job_id);
      },
    });
    refresh(printers.jobs);
    refresh(printers.list);
  }
  return { act, slip, test, done: () => setSlip(null) };
}
