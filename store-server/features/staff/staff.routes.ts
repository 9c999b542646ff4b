import { z } from 'zod';
import {
  ApprovalDto,
  DeviceCodeDto,
  DeviceDto,
  GiveApproval,
  NewStaff,
  PasswordBody,
  PinBody,
  PinSignIn,
  Refresh,
  RegisterDevice,
  RegisteredDeviceDto,
  SetUp,
  SignedInDto,
  SignedOutDto,
  SignInBody,
  StaffChoiceDto,
  StaffDto,
  StaffFields,
  UserDto,
} from '#contract/staff.ts';
import type { Api } from '../../http/api.ts';
import type { DtoContext } from '../../http/route.ts';
import { isoTime, isoTimeOrNull } from '../../kernel/dates.ts';
import { Problem } from '../../kernel/verdict.ts';
import { type StaffView, viewOf } from './staff.admin.commands.ts';
import type { StaffCommands } from './staff.commands.ts';
import { type Device, devices } from './staff.devices.reads.ts';
import { activeStaff, staffById, staffWithSecrets } from './staff.reads.ts';
import { shortName } from './staff.rules.ts';
import { type SignedIn, type User, userOf } from './staff.sessions.ts';

const userDto = (user: User, { restaurantId }: DtoContext): z.input<typeof UserDto> => ({
  id: user.id,
  email: user.email,
  first_name: user.firstName,
  last_name: user.lastName,
  role: user.role,
  preset: user.preset,
  restaurant_id: restaurantId,
  platform_id: null,
  is_active: user.active,
  last_login: isoTimeOrNull(user.lastSignIn),
});

const signedInDto = (data: SignedIn, at: DtoContext): z.input<typeof SignedInDto> => ({
  access_token: data.accessToken,
  token_type: 'bearer',
  expires_in: data.expiresInMs / 1000,
  ...(data.refreshToken === null ? {} : { refresh_token: data.refreshToken }),
  user: userDto(data.user, at),
  restaurant: {
    id: at.restaurantId,
    name: data.restaurant.name,
    currency: data.restaurant.currency,
    time_zone: data.restaurant.timeZone,
  },
});

const staffDto = (member: StaffView): z.input<typeof StaffDto> => ({
  id: member.id,
  alias: member.alias,
  first_name: member.firstName,
  last_name: member.lastName,
  name: shortName(member),
  email: member.email,
  role: member.role,
  preset: member.preset,
  is_active: member.active,
  has_pin: member.hasPin,
  has_password: member.hasPassword,
  created_at: isoTime(member.createdAt),
});

const deviceDto = (device: Device): z.input<typeof DeviceDto> => ({
  id: device.id,
  name: device.name,
  kind: device.kind,
  address: device.address,
  registered_at: isoTime(device.registeredAt),
  revoked_at: isoTimeOrNull(device.revokedAt),
});

export const staffRoutes = (commands: StaffCommands) => (api: Api) => {
  api.router('/api/v1/auth', (at) => {
    at.post('/login', commands.passwordSignIn, {
      summary: 'Sign in with e-mail (or user name) and password',
      access: 'public',
      tolerant: true,
      body: SignInBody,
      toInput: ({ body }: { body: z.output<typeof SignInBody> }) => ({
        login: body.email,
        password: body.password,
        bare: Object.keys(body).length === 2,
      }),
      answers: SignedInDto,
      toDto: signedInDto,
      status: 200,
      message: 'Signed in.',
    });
    at.get(
      '/staff',
      ({ connection }) =>
        activeStaff(connection).map((member) => ({
          id: member.id,
          name: shortName(member),
          role: member.role,
          preset: member.preset,
        })),
      {
        operation: 'staff.choices',
        summary: 'Whose PIN may be entered on this device',
        access: 'device',
        answers: StaffChoiceDto.array(),
        plural: 'staff',
      },
    );
    at.post('/pin', commands.pinSignIn, {
      summary: 'Sign in with a PIN on a registered device',
      access: 'device',
      body: PinSignIn,
      answers: SignedInDto,
      toDto: signedInDto,
      status: 200,
      message: 'Signed in.',
    });
    at.post('/refresh', commands.refresh, {
      summary: 'A new access token for a refresh token, which is good once',
      access: 'public',
      body: Refresh,
      answers: SignedInDto,
      toDto: signedInDto,
      status: 200,
      message: 'Signed in again.',
    });
    at.post('/logout', commands.signOut, {
      summary: 'Sign out',
      access: 'signed_in',
      tolerant: true,
      answers: SignedOutDto,
      toInput: () => ({}),
      toDto: ({ signedOut }) => ({ signed_out: signedOut }),
      status: 200,
      message: 'Signed out.',
    });
    at.get(
      '/me',
      ({ connection, actor, restaurantId }) => {
        const member = actor.id === null ? undefined : staffById(connection, actor.id);
        if (member === undefined) throw new Problem('AUTHENTICATION_ERROR');
        return userDto(userOf(connection, member), { restaurantId });
      },
      {
        operation: 'staff.me',
        summary: 'Who is signed in',
        access: 'signed_in',
        tolerant: true,
        answers: UserDto,
      },
    );
  });

  api.router('/api/v1', (at) => {
    at.post('/setup', commands.setUp, {
      summary: 'Create the first owner with the code printed on the store computer’s console',
      access: 'public',
      body: SetUp,
      answers: z.object({ user: UserDto }),
      toDto: ({ user }, context) => ({ user: userDto(user, context) }),
      message: 'Welcome. You can sign in now.',
    });
    at.post('/approvals', commands.giveApproval, {
      summary: 'A manager’s yes, by PIN, to one command on one thing',
      access: 'signed_in',
      body: GiveApproval,
      answers: ApprovalDto,
      toDto: ({ id, expiresAt }) => ({ approval_id: id, expires_at: isoTime(expiresAt) }),
      message: 'Approved.',
    });
  });

  api.router('/api/v1/devices', (at) => {
    at.post('/codes', commands.makeDeviceCode, {
      summary: 'A code that lets one device in',
      access: 'devices.manage',
      answers: DeviceCodeDto,
      toDto: ({ code, expiresAt }) => ({ code, expires_at: isoTime(expiresAt) }),
    });
    at.post('/register', commands.registerDevice, {
      summary: 'Register this device with a code',
      access: 'public',
      body: RegisterDevice,
      answers: RegisteredDeviceDto,
      toDto: ({ deviceId, deviceToken }) => ({ device_id: deviceId, device_token: deviceToken }),
      message: 'This device is registered.',
    });
    at.get('', ({ connection }) => devices(connection).map(deviceDto), {
      operation: 'devices.list',
      summary: 'Every device, older clients by their address',
      access: 'devices.manage',
      answers: DeviceDto.array(),
      plural: 'devices',
    });
    at.post('/:id/unlock', commands.unlockDevice, {
      summary: 'Open PIN sign-in on this device again',
      access: 'staff.unlock',
      answers: DeviceDto,
      toDto: deviceDto,
      status: 200,
      message: 'PIN sign-in is open again.',
    });
    at.delete('/:id', commands.revokeDevice, {
      summary: 'Send a device away, at once',
      access: 'devices.manage',
      answers: DeviceDto,
      toDto: deviceDto,
      message: 'The device can no longer be used.',
    });
  });

  api.router('/api/v1/staff', (at) => {
    at.get('', ({ connection }) => staffWithSecrets(connection).map((member) => staffDto(viewOf(member))), {
      operation: 'staff.list',
      summary: 'Everybody who works or worked here',
      access: 'staff.read',
      answers: StaffDto.array(),
      plural: 'staff',
    });
    at.post('', commands.addStaff, {
      summary: 'Add somebody',
      access: 'staff.change',
      body: NewStaff,
      answers: StaffDto,
      toDto: staffDto,
    });
    at.patch('/:id', commands.changeStaff, {
      summary: 'Change somebody’s name, role or job, or let them go',
      access: 'staff.change',
      body: StaffFields,
      answers: StaffDto,
      toDto: staffDto,
    });
    at.put('/:id/pin', commands.setPin, {
      summary: 'Give somebody a new PIN',
      access: 'staff.change',
      body: PinBody,
      answers: StaffDto,
      toDto: staffDto,
    });
    at.put('/:id/password', commands.setPassword, {
      summary: 'Give somebody a new password',
      access: 'staff.change',
      body: PasswordBody,
      answers: StaffDto,
      toDto: staffDto,
    });
    at.post('/:id/unlock', commands.unlockStaff, {
      summary: 'Open PIN sign-in for somebody again, on every device',
      access: 'staff.unlock',
      answers: StaffDto,
      toDto: staffDto,
      status: 200,
      message: 'PIN sign-in is open again.',
    });
  });
};
