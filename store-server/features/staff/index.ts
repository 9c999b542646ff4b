import {
  approvalGranted,
  deviceCodeMade,
  deviceLocked,
  deviceRegistered,
  deviceRevoked,
  deviceUnlocked,
  pinLocked,
  signedIn,
  signedOut,
  staffAdded,
  staffChanged,
  staffUnlocked,
} from '#contract/staff.facts.ts';
import type { Auth } from './staff.auth.ts';
import { staffCommands } from './staff.commands.ts';
import { type DeviceSurroundings, liveDevices } from './staff.devices.live.ts';
import { noPractice, type PracticeDesk } from './staff.practice.commands.ts';
import { staffRoutes } from './staff.routes.ts';

export { type Auth, createAuth, type Identity } from './staff.auth.ts';
export { createDeviceCode } from './staff.devices.commands.ts';
export type { DeviceSurroundings } from './staff.devices.live.ts';
export { devices } from './staff.devices.reads.ts';
export { createHashing, type HashCost, type Hashing } from './staff.hashing.ts';
export { type Keys, loadKeys } from './staff.keys.ts';
export type { PracticeDesk } from './staff.practice.commands.ts';
export { hasOwner, type StaffMember, staffById, staffByRef, staffName } from './staff.reads.ts';
export { ensureSetupCode, type SetupDoor, setupDoor } from './staff.setup.commands.ts';

const facts = [
  signedIn,
  signedOut,
  staffAdded,
  staffChanged,
  staffUnlocked,
  pinLocked,
  approvalGranted,
  deviceCodeMade,
  deviceRegistered,
  deviceRevoked,
  deviceLocked,
  deviceUnlocked,
];

/**
 * The feature around a store's keys. `by` names its commands, for the demo's data and for tests.
 * @param around where the store is reached, and which devices have a line to it
 * @param practice who can open practice data in this store's place; nobody if left out
 */
export function createStaffFeature(auth: Auth, around: DeviceSurroundings, practice: PracticeDesk = noPractice) {
  const by = staffCommands(auth, practice);
  const routes = staffRoutes(by, liveDevices(auth, around), practice);
  return { name: 'staff', routes, facts, commands: Object.values(by), by };
}
