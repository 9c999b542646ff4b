import { z } from 'zod';
import { ListedDeviceDto, OpenDeviceCodeDto, StoreReachDto } from '#contract/devices.ts';
import {
  BeginPractice,
  DeviceCodeDto,
  DeviceDto,
  PinBody,
  PinSignIn,
  PracticeBegunDto,
  PracticeEndedDto,
  Refresh,
  RegisterDevice,
  RegisteredDeviceDto,
  SetUp,
  SetupStateDto,
  SignedInDto,
  SignedOutDto,
  SignInBody,
  StaffChoiceDto,
  StaffDto,
  UserDto,
} from '#contract/staff.ts';
import { change, read, readList } from './define.ts';

export const auth = {
  setupState: read('staff.setup_state', '/api/v1/setup', {
    answers: SetupStateDto,
    staleAfter: ['staff.added', 'settings.'],
  }),
  setUp: change('staff.set_up', 'post', '/api/v1/setup', { body: SetUp, answers: z.object({ user: UserDto }) }),
  beginPractice: change('staff.begin_practice', 'post', '/api/v1/setup/practice', {
    body: BeginPractice,
    answers: PracticeBegunDto,
  }),
  endPractice: change('staff.end_practice', 'post', '/api/v1/setup/practice/end', { answers: PracticeEndedDto }),
  signIn: change('staff.sign_in', 'post', '/api/v1/auth/login', { body: SignInBody, answers: SignedInDto }),
  signInByPin: change('staff.sign_in_pin', 'post', '/api/v1/auth/pin', { body: PinSignIn, answers: SignedInDto }),
  refresh: change('staff.refresh', 'post', '/api/v1/auth/refresh', { body: Refresh, answers: SignedInDto }),
  signOut: change('staff.sign_out', 'post', '/api/v1/auth/logout', { answers: SignedOutDto }),
  choices: readList('staff.choices', '/api/v1/auth/staff', { answers: StaffChoiceDto }),
  staff: readList('staff.list', '/api/v1/staff', { answers: StaffDto, staleAfter: ['staff.'] }),
  setPin: change('staff.set_pin', 'put', '/api/v1/staff/:id/pin', { body: PinBody, answers: StaffDto }),
};

export const devices = {
  // Whoever signs in or out on a device opens or ends its line.
  list: readList('devices.list', '/api/v1/devices', {
    answers: ListedDeviceDto,
    staleAfter: ['device.', 'staff.signed_'],
  }),
  address: read('devices.address', '/api/v1/devices/address', { answers: StoreReachDto }),
  codes: readList('devices.codes', '/api/v1/devices/codes', {
    answers: OpenDeviceCodeDto,
    staleAfter: ['device.registered', 'staff.device_code_made'],
  }),
  makeCode: change('devices.make_code', 'post', '/api/v1/devices/codes', { answers: DeviceCodeDto }),
  register: change('devices.register', 'post', '/api/v1/devices/register', {
    body: RegisterDevice,
    answers: RegisteredDeviceDto,
  }),
  unlock: change('devices.unlock', 'post', '/api/v1/devices/:id/unlock', { answers: DeviceDto }),
  revoke: change('devices.revoke', 'delete', '/api/v1/devices/:id', { answers: DeviceDto }),
};
