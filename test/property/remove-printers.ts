import type { TestStore } from '../harness/open-store.ts';

/** Takes all printers away: paper is tried elsewhere, and every second of the machine is wanted for something else. */
export async function removePrinters(store: TestStore): Promise<void> {
  const manager = await store.signedIn('manager@demo.test', 'demo-manager-1');
  for (const { id } of (await manager.must('GET', 'hardware/printers')) as { id: string }[]) {
    await manager.must('DELETE', `hardware/printers/${id}`);
  }
}
