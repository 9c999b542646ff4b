import { notifications } from '@mantine/notifications';
import { activityCalled } from '#api/actions.ts';
import { texts } from './frame.texts.ts';
import { undoLatest } from './undo.ts';

/** Says what became of an action, for some seconds; the activity tray keeps it. What can be undone is undone from here. */
export function say(title: string, done: boolean, undoable = true): void {
  if (!done) {
    notifications.show({ color: 'bad', message: texts.notDone(title) });
    return;
  }
  const id = notifications.show({
    message: (
      <span className="said">
        {title}
        {undoable && (
          <button
            type="button"
            className="plain"
            onClick={() => {
              notifications.hide(id);
              void undoLatest(activityCalled(title));
            }}
          >
            {texts.tray.undo}
          </button>
        )}
      </span>
    ),
  });
}
