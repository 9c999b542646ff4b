import { z } from 'zod';
import {
  ApprovalDto,
  BeginPractice,
  GiveApproval,
  PinSignIn,
  PracticeBegunDto,
  PracticeEndedDto,
  Refresh,
  SetUp,
  SetupStateDto,
  SignedInDto,
  SignedOutDto,
  SignInBody,
  StaffChoiceDto,
  UserDto,
} from '#contract/staff.ts';
import type { Api } from '../../http/api.ts';
import type { ReadContext } from '../../http/route.ts';
import { isoTime } from '../../kernel/dates.ts';
import { Problem } from '../../kernel/verdict.ts';
import { settingsOf, storeIdentity } from '../settings/index.ts';
import { administrationRoutes } from './staff.administration.routes.ts';
import type { StaffCommands } from './staff.commands.ts';
import type { LiveDevices } from './staff.devices.live.ts';
import { signedInDto, userDto } from './staff.dto.ts';
import type { PracticeDesk } from './staff.practice.commands.ts';
import { hasOwner, staffById, staffWithPin } from './staff.reads.ts';
import { shortName } from './staff.rules.ts';
import { userOf } from './staff.sessions.ts';

const setupState =
  (practice: PracticeDesk) =>
  ({ connection }: ReadContext) => {
    const { restaurant, time_zone } = settingsOf(connection);
    const { kind } = storeIdentity(connection);
    // A demo that is still being filled waits for nobody.
    const needed = kind === 'restaurant' && !hasOwner(connection);
    const state = needed || kind === 'demo' ? practice.state() : null;
    return { needed, kind, practice: state, restaurant_name: restaurant.name, time_zone };
  };

export const staffRoutes = (commands: StaffCommands, live: LiveDevices, practice: PracticeDesk) => (api: Api) => {
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
        staffWithPin(connection).map((member) => ({
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
    at.get('/setup', setupState(practice), {
      operation: 'staff.setup_state',
      summary: 'Whether this store still waits for its first owner',
      access: 'public',
      answers: SetupStateDto,
    });
    at.post('/setup', commands.setUp, {
      summary: 'Create the first owner with the code printed on the store computer’s console',
      access: 'public',
      body: SetUp,
      answers: z.object({ user: UserDto }),
      toDto: ({ user }, context) => ({ user: userDto(user, context) }),
      message: 'Welcome. You can sign in now.',
    });
    at.post('/setup/practice', commands.beginPractice, {
      summary: 'On a store without an owner: open a practice restaurant in its place, to look around',
      access: 'public',
      body: BeginPractice,
      answers: PracticeBegunDto,
      toDto: ({ people }) => ({ demo_people: people }),
      status: 200,
      message: 'The practice restaurant opens in a moment.',
    });
    at.post('/setup/practice/end', commands.endPractice, {
      summary: 'Throw the practice data away and go back to the store that waits for its owner',
      answers: PracticeEndedDto,
      toInput: () => ({}),
      status: 200,
      message: 'The practice data are thrown away.',
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
  administrationRoutes(commands, live)(api);
};
