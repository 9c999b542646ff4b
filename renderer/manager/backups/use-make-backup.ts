import { type Act, useAct } from '#api/actions.ts';
import { change } from '#api/client.ts';
import { backups } from '#api/operations/backups.ts';
import { useRefresh } from '#api/queries.ts';
import { texts } from './backups.texts.ts';

/** Everything is copied and read back, which takes its time in a big restaurant. */
const PATIENCE_MS = 300_000;

/** Makes a backup now. */
export function useMakeBackup(): { act: Act; make(): Promise<void> } {
  const act = useAct();
  const refresh = useRefresh();
  async function make(): Promise<void> {
    await act.run({ title: texts.made, run: (key) => change(backups.make, {}, { key, patienceMs: PATIENCE_MS }) });
    refresh(backups.list);
  }
  return { act, make };
}
