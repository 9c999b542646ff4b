import { addStaff, changeStaff } from './staff.admin.commands.ts';
import { giveApproval } from './staff.approvals.commands.ts';
import type { Auth } from './staff.auth.ts';
import { makeDeviceCode, registerDevice, revokeDevice, unlockDevice } from './staff.devices.commands.ts';
import { beginPractice, endPractice, type PracticeDesk } from './staff.practice.commands.ts';
import { setPassword, setPin, unlockStaff } from './staff.secrets.commands.ts';
import { refresh, signOut } from './staff.sessions.commands.ts';
import { makeSetupCode, setUp, setupDoor } from './staff.setup.commands.ts';
import { passwordSignIn, pinSignIn } from './staff.sign-in.commands.ts';

/** Every command of this feature; those that hash or sign are built around the store's keys. */
export const staffCommands = (auth: Auth, practice: PracticeDesk) => ({
  passwordSignIn: passwordSignIn(auth),
  pinSignIn: pinSignIn(auth),
  refresh: refresh(auth),
  signOut,
  makeSetupCode,
  setUp: setUp(auth, setupDoor(auth)),
  beginPractice: beginPractice(setupDoor(auth), practice),
  endPractice: endPractice(practice),
  makeDeviceCode,
  registerDevice: registerDevice(auth),
  revokeDevice,
  unlockDevice: unlockDevice(auth),
  giveApproval: giveApproval(auth),
  addStaff: addStaff(auth),
  changeStaff,
  setPin: setPin(auth),
  setPassword: setPassword(auth),
  unlockStaff: unlockStaff(auth),
});

export type StaffCommands = ReturnType<typeof staffCommands>;
