import { AddPlatformUser, ChangePlatformUser } from '#contract/platform.ts';
import type { Ids } from '../../store-server/kernel/ids.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Database } from '../db/database.ts';
import { type Route, route } from '../http/route.ts';
import { idIn } from '../platform/restaurants.ts';
import type { Passwords } from './passwords.ts';
import { addPerson, changePerson, peopleOf, personById } from './people.ts';
import { userDto } from './routes.ts';

const root = '/api/v1/platform/users';

/** Who else may use the platform: an owner decides. */
export const peopleRoutes = (database: Database, passwords: Passwords, ids: Ids): Route[] => [
  route('platform.users', `GET ${root}`, 'manager', {
    async answer({ person: { tenantId } }) {
      const people = await database.inTenant(tenantId, (sql) => peopleOf(sql, tenantId));
      return people.map((person) => userDto(tenantId, person));
    },
  }),
  route('platform.add_user', `POST ${root}`, 'owner', {
    body: AddPlatformUser,
    status: 201,
    async answer({ person: { tenantId }, body: { password, ...who }, now }) {
      const passwordHash = await passwords.hash(password);
      const personId = ids.next();
      return database.inTenant(tenantId, async (sql) => {
        const added = await addPerson(sql, { ...who, tenantId, personId, passwordHash, now });
        if (!added) throw new Problem('CONFLICT', { field: 'email' });
        return userDto(tenantId, { ...who, personId, passwordHash, active: true });
      });
    },
  }),
  route('platform.change_user', `PUT ${root}/:id`, 'owner', {
    body: ChangePlatformUser,
    async answer({ person: { tenantId }, params, body: { password, ...change }, now }) {
      const personId = idIn(params);
      const passwordHash = password === undefined ? null : await passwords.hash(password);
      return database.inTenant(tenantId, async (sql) => {
        await changePerson(sql, tenantId, personId, { ...change, passwordHash }, now);
        const person = await personById(sql, tenantId, personId);
        if (person === undefined) throw new Problem('NOT_FOUND', { field: 'id' });
        return userDto(tenantId, person);
      });
    },
  }),
];
