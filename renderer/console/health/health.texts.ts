import { catalogue } from '#ui/texts.ts';

const unknown = 'Not known';

export const texts = catalogue({
  title: 'Store health',
  lead: 'Each store by its own word, and by how far its detail has come.',
  none: 'No restaurant has joined yet.',
  name: 'Restaurant',
  server: 'Server',
  version: (version: string) => `Version ${version}`,
  whenHeard: 'when last heard',
  heard: {
    live: 'Live',
    quiet: 'Quiet',
    silent: 'Silent',
    never: 'Not heard yet',
    revoked: 'Cut off',
    unknown: 'Not known now',
  },
  notTold: 'Not told',
  unknown,
  columns: {
    devices: 'iPads',
    printers: 'Printers',
    detail: 'Detail',
    backup: 'Backup',
    disk: 'Disk',
    clock: 'Clock',
    figures: 'Figures',
  },
  completeTo: (time: string) => `to ${time}`,
  devices: {
    none: 'None registered',
    all: (all: number) => `${all} of ${all}`,
    some: (connected: number, all: number) => `${connected} of ${all}`,
    away: 'connected now',
  },
  printers: {
    none: 'None set up',
    clear: 'Nothing waits',
    waiting: 'Paper waits',
    all: (all: number) => (all === 1 ? '1 printer' : `${all} printers`),
    at: (waiting: number, all: number | null) =>
      all === null ? (waiting === 1 ? 'at 1 printer' : `at ${waiting} printers`) : `at ${waiting} of ${all}`,
  },
  backup: {
    none: 'None yet',
    fresh: 'Just now',
    old: (age: string) => `${age} old`,
    failed: 'Failing',
    nothingNew: 'nothing new since',
  },
  disk: { free: (room: string) => `${room} free`, full: 'Full', noOrders: 'takes no orders' },
  clock: {
    right: 'Right',
    ahead: (by: string) => `${by} ahead`,
    behind: (by: string) => `${by} behind`,
    seconds: (seconds: number) => `${seconds} s`,
  },
  figures: {
    none: 'None yet',
    fine: 'All add up',
    differ: (days: number) => (days === 1 ? '1 day differs' : `${days} days differ`),
    unread: (facts: string) => `${facts} not readable yet`,
    left: (entries: string) => `${entries} left by a restore`,
  },
});
