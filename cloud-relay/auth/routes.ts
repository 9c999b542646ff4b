import type { z } from 'zod';
import {
  NoFields,
  PlatformRefresh,
  type PlatformSignedInDto,
  PlatformSignIn,
  type PlatformUserDto,
} from '#contract/platform.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Database } from '../db/database.ts';
import { type Route, route } from '../http/route.ts';
import { type PersonRow, personById } from './people.ts';
import type { Sessions, SignedIn } from './sessions.ts';

export const userDto = (tenantId: string, person: PersonRow): z.input<typeof PlatformUserDto> => ({
  id: person.personId,
  email: person.email,
  name: person.name,
  role: person.role,
  platform_id: tenantId,
  is_active: person.active,
});

const signedInDto = (signed: SignedIn): z.input<typeof PlatformSignedInDto> => ({
  access_token: signed.accessToken,
  token_type: 'bearer',
  expires_in: signed.expiresInS,
  refresh_token: signed.refreshToken,
  user: userDto(signed.tenantId, signed.person),
});

/** Signing in to the platform, in the form that the store has too. */
export const authRoutes = (database: Database, sessions: Sessions): Route[] => [
  route('auth.login', 'POST /api/v1/auth/login', 'public', {
    body: PlatformSignIn,
    answer: async ({ body, address, now }) =>
      signedInDto(await sessions.signIn(body.email, body.password, address, now)),
  }),
  route('auth.refresh', 'POST /api/v1/auth/refresh', 'public', {
    body: PlatformRefresh,
    answer: async ({ body, now }) => signedInDto(await sessions.refresh(body.refresh_token, now)),
  }),
  route('auth.logout', 'POST /api/v1/auth/logout', 'viewer', {
    body: NoFields,
    async answer({ person, now }) {
      await sessions.signOut(person, now);
      return { signed_out: true };
    },
  }),
  route('auth.me', 'GET /api/v1/auth/me', 'viewer', {
    async answer({ person: { tenantId, personId } }) {
      const person = await database.inTenant(tenantId, (sql) => personById(sql, tenantId, personId));
      if (person === undefined) throw new Problem('TOKEN_INVALID');
      return userDto(tenantId, person);
    },
  }),
];
