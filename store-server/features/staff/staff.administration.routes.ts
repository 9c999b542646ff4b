import { ListedDeviceDto, OpenDeviceCodeDto, StoreReachDto } from '#contract/devices.ts';
import {
  DeviceCodeDto,
  DeviceDto,
  NewStaff,
  PasswordBody,
  PinBody,
  RegisterDevice,
  RegisteredDeviceDto,
  StaffDto,
  StaffFields,
} from '#contract/staff.ts';
import type { Api } from '../../http/api.ts';
import { isoTime } from '../../kernel/dates.ts';
import { viewOf } from './staff.admin.commands.ts';
import type { StaffCommands } from './staff.commands.ts';
import type { LiveDevices } from './staff.devices.live.ts';
import { openDeviceCodes } from './staff.devices.reads.ts';
import { deviceDto, openCodeDto, staffDto } from './staff.dto.ts';
import { staffWithSecrets } from './staff.reads.ts';

/** Devices and people, as managers look after them. */
export const administrationRoutes = (commands: StaffCommands, live: LiveDevices) => (api: Api) => {
  api.router('/api/v1/devices', (at) => {
    at.post('/codes', commands.makeDeviceCode, {
      summary: 'A code that lets one device in',
      access: 'devices.manage',
      answers: DeviceCodeDto,
      toDto: ({ id, code, expiresAt }) => ({ id, code, expires_at: isoTime(expiresAt) }),
    });
    at.post('/register', commands.registerDevice, {
      summary: 'Register this device with a code',
      access: 'public',
      body: RegisterDevice,
      answers: RegisteredDeviceDto,
      toDto: ({ deviceId, deviceToken }) => ({ device_id: deviceId, device_token: deviceToken }),
      message: 'This device is registered.',
    });
    at.get('/codes', ({ connection, now }) => openDeviceCodes(connection, now).map(openCodeDto), {
      operation: 'devices.codes',
      summary: 'The device codes that nobody has used yet, by name: the codes themselves are kept nowhere',
      access: 'devices.manage',
      answers: OpenDeviceCodeDto.array(),
      plural: 'codes',
    });
    at.get('/address', () => live.reach(), {
      operation: 'devices.address',
      summary: 'Where other devices reach this store on the local network, and whether they can at all',
      access: 'devices.manage',
      answers: StoreReachDto,
    });
    at.get('', live.list, {
      operation: 'devices.list',
      summary: 'Every device as it is now, older clients by their address',
      access: 'devices.manage',
      answers: ListedDeviceDto.array(),
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
