import {
  IconBuildingStore,
  IconChartBar,
  IconHeartbeat,
  IconPercentage,
  IconPlugConnected,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { late } from '#ui/late.ts';
import { texts } from './frame.texts.ts';
import type { Role } from './may.ts';

export interface Section {
  readonly path: string;
  /** More addresses of the same section. */
  readonly also?: readonly string[];
  readonly title: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly needs: Role;
  readonly Body: ComponentType;
}

const names = texts.sections;

/** Sidebar, addresses and digits follow from this list. `/health` is the relay's own, for those who watch it. */
export const sections: readonly Section[] = [
  {
    path: '/',
    also: ['/restaurants/:id'],
    title: names.restaurants,
    icon: IconBuildingStore,
    needs: 'viewer',
    Body: late(() => import('../restaurants/screen.tsx')),
  },
  {
    path: '/sales',
    title: names.sales,
    icon: IconChartBar,
    needs: 'viewer',
    Body: late(() => import('../sales/screen.tsx')),
  },
  {
    path: '/commission',
    also: ['/commission/:id'],
    title: names.commission,
    icon: IconPercentage,
    needs: 'viewer',
    Body: late(() => import('../commission/screen.tsx')),
  },
  {
    path: '/store-health',
    title: names.health,
    icon: IconHeartbeat,
    needs: 'viewer',
    Body: late(() => import('../health/screen.tsx')),
  },
  {
    path: '/add',
    title: names.add,
    icon: IconPlugConnected,
    needs: 'manager',
    Body: late(() => import('../onboarding/screen.tsx')),
  },
  {
    path: '/people',
    title: names.people,
    icon: IconUsers,
    needs: 'manager',
    Body: late(() => import('../people/screen.tsx')),
  },
];
