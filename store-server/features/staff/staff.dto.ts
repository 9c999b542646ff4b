import type { z } from 'zod';
import type { OpenDeviceCodeDto } from '#contract/devices.ts';
import type { DeviceDto, SignedInDto, StaffDto, UserDto } from '#contract/staff.ts';
import type { DtoContext } from '../../http/route.ts';
import { isoTime, isoTimeOrNull } from '../../kernel/dates.ts';
import type { StaffView } from './staff.admin.commands.ts';
import { codeName, type Device, type openDeviceCodes } from './staff.devices.reads.ts';
import { shortName } from './staff.rules.ts';
import type { SignedIn, User } from './staff.sessions.ts';

type OpenCode = ReturnType<typeof openDeviceCodes>[number];

export const userDto = (user: User, { restaurantId }: DtoContext): z.input<typeof UserDto> => ({
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

export const signedInDto = (data: SignedIn, at: DtoContext): z.input<typeof SignedInDto> => ({
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

export const staffDto = (member: StaffView): z.input<typeof StaffDto> => ({
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

export const openCodeDto = ({ id, expiresAt }: OpenCode): z.input<typeof OpenDeviceCodeDto> => ({
  id: codeName(id),
  expires_at: isoTime(expiresAt ?? 0),
});

export const deviceDto = (device: Device): z.input<typeof DeviceDto> => ({
  id: device.id,
  name: device.name,
  kind: device.kind,
  address: device.address,
  registered_at: isoTime(device.registeredAt),
  revoked_at: isoTimeOrNull(device.revokedAt),
});
