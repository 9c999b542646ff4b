import { Menu } from '@mantine/core';
import { IconChevronDown, IconLogout } from '@tabler/icons-react';
import { useSession } from '#api/session.ts';
import { type ThemeWish, useThemeWish, wishTheme } from '#ui/theme.ts';
import { leave } from '../session/leave.ts';
import { texts } from './frame.texts.ts';
import { switchSingleKeys, useSingleKeys } from './keys.ts';

const wishes: readonly ThemeWish[] = ['auto', 'light', 'dark'];

export function UserMenu() {
  const { person, platform = 'viewer' } = useSession();
  const wish = useThemeWish();
  const single = useSingleKeys();
  return (
    <Menu position="bottom-end" width={300}>
      <Menu.Target>
        <button type="button" className="who" aria-label={texts.menu(person.name)}>
          {person.name}
          <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {texts.roles[platform]} · {person.email}
        </Menu.Label>
        <Menu.Divider />
        <Menu.RadioGroup value={wish} onChange={(next) => wishTheme(next as ThemeWish)}>
          <Menu.Label>{texts.appearance}</Menu.Label>
          {wishes.map((name) => (
            <Menu.RadioItem key={name} value={name}>
              {texts.themes[name]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.CheckboxItem checked={single} onChange={switchSingleKeys}>
          {texts.singleKeys}
        </Menu.CheckboxItem>
        <Menu.Label>{texts.keys}</Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave()}>
          {texts.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
