import { z } from 'zod';
import { DemoPerson } from './host.ts';
import { Ref, Uuid } from './ids.ts';
import { approvable, presets, roles } from './permissions.ts';

const Name = z.string().trim().min(1).max(60);
const Email = z
  .string()
  .trim()
  .max(200)
  .transform((text) => text.toLowerCase())
  .pipe(z.email('has to be an e-mail address'));
const Pin = z.string().regex(/^\d{4,8}$/, 'has to be 4 to 8 digits');
const NewPassword = z.string().min(8).max(200);
const Secret = z.string().min(1).max(200);
/** A code as a person types it: letters and digits, with or without dashes and in any case. */
export const TypedCode = z.string().min(1).max(40);

/** `email` takes the address, or the part of it before the @ as a user name. */
export const SignInBody = z.looseObject({ email: z.string().trim().min(1).max(200), password: Secret });
export const SignIn = z.object({
  login: z.string().max(200),
  password: Secret,
  /** The body held these two fields and nothing else, as the older iPads send it. */
  bare: z.boolean(),
});
export const PinSignIn = z.strictObject({ user_id: Ref, pin: Pin });
export const Refresh = z.strictObject({ refresh_token: z.string().min(1).max(200) });
export const SetUp = z.strictObject({
  code: TypedCode,
  /** The owner's own name. */
  name: z.string().trim().min(1).max(120),
  email: Email,
  password: NewPassword,
  pin: Pin.optional(),
  restaurant_name: z.string().trim().min(1).max(100).optional(),
});
/** The code on the console, instead of setting up: a practice restaurant to look around in. */
export const BeginPractice = z.strictObject({ code: TypedCode });
export const RegisterDevice = z.strictObject({ code: TypedCode, name: z.string().trim().min(1).max(60) });
export const Nothing = z.strictObject({});
export const DeviceId = z.strictObject({ id: Uuid });

const approvableNames = Object.keys(approvable) as [keyof typeof approvable, ...(keyof typeof approvable)[]];
export const GiveApproval = z.strictObject({
  user_id: Ref,
  pin: Pin,
  command: z.enum(approvableNames),
  target_id: Ref.transform(String),
});

export const NewStaff = z.strictObject({
  first_name: Name,
  last_name: z.string().trim().max(60).default(''),
  email: Email.nullable().default(null),
  role: z.enum(roles),
  preset: z.enum(presets).nullable().default(null),
  password: NewPassword.optional(),
  pin: Pin.optional(),
});
export const StaffFields = z.strictObject({
  first_name: Name.optional(),
  last_name: z.string().trim().max(60).optional(),
  email: Email.nullable().optional(),
  role: z.enum(roles).optional(),
  preset: z.enum(presets).nullable().optional(),
  is_active: z.boolean().optional(),
});
export const StaffId = z.strictObject({ id: Ref });
export const ChangeStaff = StaffFields.extend({ id: Ref });
export const PinBody = z.strictObject({ pin: Pin });
export const SetPin = PinBody.extend({ id: Ref });
export const PasswordBody = z.strictObject({ password: NewPassword });
export const SetPassword = PasswordBody.extend({ id: Ref });

/** A person as the older iPads read it. */
export const UserDto = z.object({
  id: z.string(),
  email: z.string().nullable(),
  first_name: z.string(),
  last_name: z.string(),
  role: z.enum(roles),
  preset: z.enum(presets).nullable(),
  restaurant_id: z.string(),
  platform_id: z.null(),
  is_active: z.boolean(),
  last_login: z.string().nullable(),
});
export const SignedInDto = z.object({
  access_token: z.string(),
  token_type: z.literal('bearer'),
  /** Seconds. */
  expires_in: z.int(),
  /** Good for one `auth/refresh`; absent for older clients, which cannot refresh. */
  refresh_token: z.string().optional(),
  user: UserDto,
  restaurant: z.object({ id: z.string(), name: z.string(), currency: z.string(), time_zone: z.string() }),
});
/**
 * How it stands with practice data: they can be begun here, they were begun and did not open, or this is them and they
 * can be ended, untouched or with something that would be lost. None of it where there is an owner, and in a demo that
 * was started with `--demo`.
 */
export const practiceStates = ['possible', 'failed', 'untouched', 'used'] as const;
export type PracticeState = (typeof practiceStates)[number];
export const isPractice = (state: PracticeState | null | undefined): boolean =>
  state === 'untouched' || state === 'used';
/** Whether this store still waits for its first owner. */
export const SetupStateDto = z.object({
  needed: z.boolean(),
  kind: z.enum(['restaurant', 'demo']),
  practice: z.enum(practiceStates).nullable(),
  restaurant_name: z.string(),
  time_zone: z.string(),
});
/** What is told before the doors close for a moment; `GET setup` says when the practice restaurant is there. */
export const PracticeBegunDto = z.object({ demo_people: z.array(DemoPerson) });
export const PracticeEndedDto = z.object({ ended: z.literal(true) });
export const SignedOutDto = z.object({ signed_out: z.boolean() });
export const StaffChoiceDto = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  preset: z.enum(presets).nullable(),
});
export const StaffDto = z.object({
  id: z.string(),
  alias: z.int(),
  first_name: z.string(),
  last_name: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.enum(roles),
  preset: z.enum(presets).nullable(),
  is_active: z.boolean(),
  has_pin: z.boolean(),
  has_password: z.boolean(),
  created_at: z.string(),
});
/** `id` names the code among those that are open, without saying it. */
export const DeviceCodeDto = z.object({ id: z.string(), code: z.string(), expires_at: z.string() });
export const RegisteredDeviceDto = z.object({ device_id: z.string(), device_token: z.string() });
export const DeviceDto = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['registered', 'legacy']),
  address: z.string().nullable(),
  registered_at: z.string(),
  revoked_at: z.string().nullable(),
});
export const ApprovalDto = z.object({ approval_id: z.string(), expires_at: z.string() });
