import { notifications } from '@mantine/notifications';
import { undo } from '#api/actions.ts';
import { texts } from './frame.texts.ts';

/** Takes the latest change back and says so. */
export async function undoLatest(id?: string): Promise<void> {
  try {
    const undone = await undo(id);
    notifications.show({ message: undone === null ? texts.nothingToUndo : texts.undone(undone.title) });
  } catch (error) {
    notifications.show({ color: 'bad', title: texts.notUndone, message: error instanceof Error ? error.message : '' });
  }
}
