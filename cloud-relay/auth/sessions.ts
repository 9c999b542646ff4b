import { sha256 } from '../../store-server/kernel/hashing.ts';
import type { Ids } from '../../store-server/kernel/ids.ts';
import { Problem } from '../../store-server/kernel/verdict.ts';
import type { Database, Sql } from '../db/database.ts';
import type { Person } from '../http/route.ts';
import type { Attempts } from './attempts.ts';
import type { Passwords } from './passwords.ts';
import { type PersonRow, personByEmail, personById, tenantOfEmail } from './people.ts';
import { ACCESS_LIFE_S, type Tokens } from './tokens.ts';

/** After this, refreshing ends and the person signs in again. */
const SESSION_LIFE_MS = 16 * 3_600_000;

export interface SignedIn {
  readonly accessToken: string;
  readonly expiresInS: number;
  readonly refreshToken: string;
  readonly tenantId: string;
  readonly person: PersonRow;
}

export interface Sessions {
  /** @throws Problem INVALID_CREDENTIALS, RATE_LIMIT_EXCEEDED */
  signIn(email: string, password: string, address: string, now: number): Promise<SignedIn>;
  /** A refresh token is good once; one that comes again was copied, and ends the sign-in for both. */
  refresh(token: string, now: number): Promise<SignedIn>;
  signOut(person: Person, now: number): Promise<void>;
  /** Whose token this is; read anew each time, so that signing out or a new role acts on the next request. */
  authenticate(token: string, now: number): Promise<Person>;
}

interface Deps {
  readonly database: Database;
  readonly ids: Ids;
  readonly tokens: Tokens;
  readonly passwords: Passwords;
  readonly attempts: Attempts;
}

export function createSessions({ database, ids, tokens, passwords, attempts }: Deps): Sessions {
  /** The access token, and a fresh refresh token that names its tenant and is kept as a digest. */
  async function give(sql: Sql, tenantId: string, person: PersonRow, session: Session, now: number): Promise<SignedIn> {
    const refreshToken = `${tenantId}.${ids.secret(32).toString('base64url')}`;
    await sql.run('INSERT INTO refresh_token (tenant_id, digest, session_id, expires_at) VALUES ($1, $2, $3, $4)', [
      tenantId,
      sha256(refreshToken),
      session.id,
      session.expiresAt,
    ]);
    const claims = { sub: person.personId, tid: tenantId, sid: session.id, jti: ids.next() };
    const accessToken = await tokens.forPerson(claims, now);
    return { accessToken, expiresInS: ACCESS_LIFE_S, refreshToken, tenantId, person };
  }

  return {
    async signIn(email, password, address, now) {
      const account = email.trim().toLowerCase();
      const doors = [
        { door: 'accountAtAddress', of: `${account} ${address}` },
        { door: 'address', of: address },
        { door: 'account', of: account },
      ] as const;
      await attempts.insistOpen(doors, now);
      const tenantId = await tenantOfEmail(database, email);
      const person =
        tenantId === undefined
          ? undefined
          : await database.inTenant(tenantId, (sql) => personByEmail(sql, tenantId, email));
      const right = await passwords.isRight(person?.active ? person.passwordHash : null, password);
      if (!right || tenantId === undefined || person === undefined) {
        await attempts.countFailure(doors, now);
        throw new Problem('INVALID_CREDENTIALS');
      }
      return database.inTenant(tenantId, async (sql) => {
        const session = { id: ids.next(), expiresAt: now + SESSION_LIFE_MS };
        await sql.run('DELETE FROM refresh_token WHERE tenant_id = $1 AND expires_at < $2', [tenantId, now]);
        await sql.run(
          'INSERT INTO login_session (tenant_id, session_id, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)',
          [tenantId, session.id, person.personId, now, session.expiresAt],
        );
        return give(sql, tenantId, person, session, now);
      });
    },

    async refresh(token, now) {
      const tenantId = /^([0-9a-f-]{36})\.[\w-]{43}$/.exec(token)?.[1];
      if (tenantId === undefined) throw new Problem('TOKEN_INVALID');
      const answer = await database.inTenant(tenantId, async (sql) => {
        const row = await sql.one<Session & { personId: string; usedAt: number | null; endedAt: number | null }>(
          `SELECT s.session_id AS id, s.person_id AS "personId", s.expires_at AS "expiresAt", s.ended_at AS "endedAt",
             t.used_at AS "usedAt"
           FROM refresh_token t JOIN login_session s ON s.tenant_id = t.tenant_id AND s.session_id = t.session_id
           WHERE t.tenant_id = $1 AND t.digest = $2 FOR UPDATE`,
          [tenantId, sha256(token)],
        );
        if (row === undefined || row.endedAt !== null) return null;
        if (row.usedAt !== null) {
          await endSession(sql, tenantId, row.id, now);
          return null;
        }
        const person = await personById(sql, tenantId, row.personId);
        if (person?.active !== true || row.expiresAt <= now) return null;
        await sql.run('UPDATE refresh_token SET used_at = $3 WHERE tenant_id = $1 AND digest = $2', [
          tenantId,
          sha256(token),
          now,
        ]);
        return give(sql, tenantId, person, row, now);
      });
      // Thrown only now: ending a sign-in has to be committed.
      if (answer === null) throw new Problem('TOKEN_INVALID');
      return answer;
    },

    signOut: ({ tenantId, sessionId }, now) =>
      database.inTenant(tenantId, (sql) => endSession(sql, tenantId, sessionId, now)),

    async authenticate(token, now) {
      const { tid, sub, sid } = await tokens.readPerson(token, now);
      const row = await database.inTenant(tid, (sql) =>
        sql.one<{ role: Person['role'] }>(
          `SELECT p.role FROM login_session s JOIN person p ON p.tenant_id = s.tenant_id AND p.person_id = s.person_id
           WHERE s.tenant_id = $1 AND s.session_id = $2 AND s.person_id = $3 AND s.ended_at IS NULL
             AND s.expires_at > $4 AND p.active`,
          [tid, sid, sub, now],
        ),
      );
      if (row === undefined) throw new Problem('TOKEN_INVALID');
      return { tenantId: tid, personId: sub, sessionId: sid, role: row.role };
    },
  };
}

interface Session {
  readonly id: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

async function endSession(sql: Sql, tenantId: string, sessionId: string, now: number): Promise<void> {
  await sql.run(
    'UPDATE login_session SET ended_at = $3 WHERE tenant_id = $1 AND session_id = $2 AND ended_at IS NULL',
    [tenantId, sessionId, now],
  );
}
