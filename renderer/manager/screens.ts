import {
  IconCashRegister,
  IconCloud,
  IconDatabase,
  IconDeviceIpad,
  IconLayoutDashboard,
  IconPrinter,
  IconReceipt,
  IconSettings,
  IconToolsKitchen2,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Permission } from '#contract/permissions.ts';
import { late } from '#ui/late.ts';
import { texts } from './screens.texts.ts';

export type Group = 'today' | 'business' | 'system';

/** A screen of the window: from this list come the sidebar, the addresses, the palette and the shortcuts. */
export interface Screen {
  readonly id: string;
  /** Below `/manager/`; may have parameters, `orders/:order_id?`. */
  readonly path: string;
  readonly group: Group;
  readonly title: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  /** Whoever lacks it does not see the screen in the sidebar, and is told so at its address. */
  readonly needs: Permission;
  /** The digit that opens it, and the letter after G. */
  readonly digit?: string;
  readonly letter?: string;
  readonly Body: ComponentType;
}

export const screens: readonly Screen[] = [
  {
    id: 'overview',
    path: '',
    group: 'today',
    title: texts.overview,
    icon: IconLayoutDashboard,
    needs: 'status.read',
    digit: '1',
    letter: 'h',
    Body: late(() => import('./overview/screen.tsx')),
  },
  {
    id: 'orders',
    path: 'orders/:order_id?',
    group: 'today',
    title: texts.orders,
    icon: IconReceipt,
    needs: 'orders.read',
    digit: '2',
    letter: 'o',
    Body: late(() => import('./orders/screen.tsx')),
  },
  {
    id: 'cash',
    path: 'cash/:session_id?',
    group: 'today',
    title: texts.cash,
    icon: IconCashRegister,
    needs: 'shifts.close',
    digit: '4',
    letter: 'c',
    Body: late(() => import('./cash/screen.tsx')),
  },
  {
    id: 'menu',
    path: 'menu/:tab?',
    group: 'business',
    title: texts.menu,
    icon: IconToolsKitchen2,
    needs: 'menu.change',
    digit: '5',
    letter: 'm',
    Body: late(() => import('./menu/screen.tsx')),
  },
  {
    id: 'relay',
    path: 'relay',
    group: 'system',
    title: texts.relay,
    icon: IconCloud,
    needs: 'relay.read',
    letter: 'y',
    Body: late(() => import('./relay/screen.tsx')),
  },
  {
    id: 'backups',
    path: 'backups',
    group: 'system',
    title: texts.backups,
    icon: IconDatabase,
    needs: 'backups.read',
    letter: 'b',
    Body: late(() => import('./backups/screen.tsx')),
  },
  {
    id: 'printers',
    path: 'printers/:printer_id?',
    group: 'system',
    title: texts.printers,
    icon: IconPrinter,
    needs: 'printers.change',
    digit: '8',
    letter: 'p',
    Body: late(() => import('./printers/screen.tsx')),
  },
  {
    id: 'devices',
    path: 'devices',
    group: 'system',
    title: texts.devices,
    icon: IconDeviceIpad,
    needs: 'devices.manage',
    digit: '9',
    letter: 'i',
    Body: late(() => import('./devices/screen.tsx')),
  },
  {
    id: 'settings',
    path: 'settings/:section?',
    group: 'system',
    title: texts.settings,
    icon: IconSettings,
    needs: 'settings.change',
    digit: ',',
    letter: 's',
    Body: late(() => import('./settings/screen.tsx')),
  },
];

/** The address of a screen without its parameters. */
export const addressOf = ({ path }: Screen): string => `/${path.replace(/\/?:.*$/, '')}`;
