import { Menu, Tooltip } from '@mantine/core';
import {
  IconChevronDown,
  IconDeviceDesktop,
  IconKeyboard,
  IconLock,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
  IconSunMoon,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { auth } from '#api/operations/auth.ts';
import { useRead } from '#api/queries.ts';
import { useDeviceToken, useSession } from '#api/session.ts';
import { Mark } from '#ui/mark.tsx';
import { Key, Shape } from '#ui/signs.tsx';
import { type ThemeWish, useThemeWish, wishTheme } from '#ui/theme.ts';
import { leave } from '../session/leave.ts';
import { useFacts, worstOf } from './facts.ts';
import { texts } from './frame.texts.ts';
import type { Layer } from './frame.tsx';
import { useMay } from './may.ts';
import { useReach } from './reach.ts';
import { isMac } from './shortcuts.ts';
import './header.css';

const initialsOf = (name: string): string =>
  name
    .split(' ')
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();

export function Header({ open }: { open: (layer: Layer) => void }) {
  const { restaurant } = useSession();
  const store = useRead(auth.setupState, {});
  return (
    <header className="head">
      <div className="head-name">
        <Mark />
        <span className="head-restaurant">{store.data?.restaurant_name ?? restaurant.name}</span>
      </div>
      <button type="button" className="head-search" onClick={() => open('palette')}>
        <IconSearch size={16} stroke={1.75} aria-hidden="true" />
        <span>{texts.search}</span>
        <span className="head-keys" aria-hidden="true">
          <Key>{isMac ? '⌘' : 'Ctrl'}</Key> <Key>K</Key>
        </span>
      </button>
      <div className="head-right">
        <Pill />
        <UserMenu open={open} />
      </div>
    </header>
  );
}

/** The worst of the facts, in words; where somebody can do something about it, it leads there. */
function Pill() {
  const facts = useFacts();
  const reaches = useReach();
  const worst = worstOf(facts);
  const troubled = worst !== null && (worst.level === 'bad' || worst.level === 'warn');
  const words = worst === null ? texts.facts.connecting : troubled ? worst.sentence : texts.allGood;
  return (
    <Tooltip
      label={worst?.sentence ?? texts.allGood}
      events={{ hover: true, focus: true, touch: true }}
      withinPortal={false}
      floatingStrategy="fixed"
      multiline
      maw={320}
      p="6px 10px"
    >
      <span className="pill" role="status">
        <Shape level={worst === null ? 'neutral' : troubled ? worst.level : 'ok'} />
        {troubled && worst.to !== undefined && reaches(worst.to) ? (
          <Link className="pill-words" to={worst.to}>
            {words}
          </Link>
        ) : (
          <span className="pill-words">{words}</span>
        )}
      </span>
    </Tooltip>
  );
}

const themes: readonly (readonly [ThemeWish, typeof IconSun])[] = [
  ['auto', IconSunMoon],
  ['light', IconSun],
  ['dark', IconMoon],
];

function UserMenu({ open }: { open: (layer: Layer) => void }) {
  const { person } = useSession();
  const may = useMay();
  const registered = useDeviceToken() !== null;
  const wish = useThemeWish();
  return (
    <Menu position="bottom-end" width={280}>
      <Menu.Target>
        <button type="button" className="who" aria-label={texts.userMenu(person.name)}>
          <span className="who-initials" data-initials={initialsOf(person.name)} />
          <IconChevronDown size={14} stroke={1.75} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {person.name}
          {person.email !== null && <> · {person.email}</>}
        </Menu.Label>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={() => open('sheet')}>
          {texts.shortcuts}
        </Menu.Item>
        {!registered && may('devices.manage') && (
          <Menu.Item leftSection={<IconDeviceDesktop size={16} />} onClick={() => open('register')}>
            {texts.registerPc}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.RadioGroup value={wish} onChange={(next) => wishTheme(next as ThemeWish)}>
          <Menu.Label>{texts.appearance}</Menu.Label>
          {themes.map(([name, ThemeIcon]) => (
            <Menu.RadioItem key={name} value={name} rightSection={<ThemeIcon size={16} />}>
              {texts.themeNames[name]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLock size={16} />} onClick={() => void leave('locked')}>
          {texts.lock}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave('signed_out')}>
          {texts.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
