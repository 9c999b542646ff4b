import { useNavigate } from 'react-router';
import { useDeviceToken } from '#api/session.ts';
import { useThemeWish, wishTheme } from '#ui/theme.ts';
import { addressOf, screens } from '../screens.ts';
import { leave } from '../session/leave.ts';
import { type Command, useCommands } from './commands.ts';
import { texts } from './frame.texts.ts';
import type { Layer } from './frame.tsx';
import { useMay } from './may.ts';
import { undoLatest } from './undo.ts';

/** What can be done from every screen. */
export function useFrameCommands(open: (layer: Layer) => void): void {
  const go = useNavigate();
  const may = useMay();
  const wish = useThemeWish();
  const registered = useDeviceToken() !== null;
  const group = texts.groups;
  const places = screens
    .filter(({ needs }) => may(needs))
    .flatMap((screen): Command[] => {
      const { id, title, digit, letter } = screen;
      const run = () => void go(addressOf(screen));
      const place = { id: `go.${id}`, label: title, group: group.go, run };
      return [
        { ...place, ...(digit === undefined ? {} : { keys: digit }) },
        ...(letter === undefined ? [] : [{ ...place, id: `go.${id}.letter`, keys: `g ${letter}` }]),
      ];
    });
  const register: Command[] =
    registered || !may('devices.manage')
      ? []
      : [{ id: 'pc.register', label: texts.registerPc, group: group.window, run: () => open('register') }];
  const nextTheme = wish === 'auto' ? 'dark' : wish === 'dark' ? 'light' : 'auto';
  useCommands([
    { id: 'palette', label: texts.openPalette, group: group.window, keys: 'mod+k', run: () => open('palette') },
    { id: 'undo', label: texts.undo, group: group.window, keys: 'mod+z', run: () => void undoLatest() },
    { id: 'sheet', label: texts.shortcuts, group: group.window, keys: '?', run: () => open('sheet') },
    { id: 'tray', label: texts.activity, group: group.window, keys: 'a', run: () => open('tray') },
    { id: 'theme', label: texts.themes[nextTheme], group: group.window, run: () => wishTheme(nextTheme) },
    ...register,
    { id: 'lock', label: texts.lock, group: group.window, run: () => void leave('locked') },
    { id: 'sign-out', label: texts.signOut, group: group.window, run: () => void leave('signed_out') },
    ...places,
  ]);
}
