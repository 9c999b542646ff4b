import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemRandom } from '../../store-server/kernel/clock.ts';
import { createIds } from '../../store-server/kernel/ids.ts';
import { asOwner } from '../db/cluster.fixture.ts';
import { openRelay } from '../relay.fixture.ts';
import { openHouse } from '../server.ts';
import { createTestStore } from '../store.fixture.ts';

test('while the database is away everybody is asked to come back, and then nothing is lost', async () => {
  const at = await openRelay();
  try {
    const store = createTestStore(at);
    await store.join(await at.claimCode());
    await store.exchange();
    store.sell(100);
    const url = new URL(at.databaseUrl);
    const name = url.pathname.slice(1);
    url.pathname = '/postgres';
    await asOwner(url.href, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await asOwner(url.href, 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    expect(await at.call('GET /health')).toMatchObject({
      status: 503,
      code: 'SERVICE_UNAVAILABLE',
      message: 'The relay is stopping or busy. Nothing was changed.',
    });
    expect(await store.send(store.batch(1))).toMatchObject({ status: 503 });
    expect(at.logged.join('\n')).toContain('a request failed');
    await asOwner(url.href, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    expect((await at.call('GET /health')).status).toBe(200);
    expect(await store.send(store.batch(1))).toMatchObject({ status: 200, data: { acked_seq: 1 } });
  } finally {
    await at.stop();
  }
});

test('the embedded database keeps what it was given from one start to the next', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'fynlo-relay-'));
  chmodSync(dataDir, 0o711);
  const ids = createIds(() => Date.now(), systemRandom);
  const config = { demo: false, dataDir, host: '127.0.0.1', port: 0, databaseUrl: null };
  const tenant = ids.next();
  const open = () => openHouse({ config, ids, log: () => undefined });
  try {
    const first = await open();
    await first.database.inTenant(tenant, (sql) =>
      sql.run('INSERT INTO tenant (tenant_id, name, created_at) VALUES ($1, $2, 0)', [tenant, 'kept']),
    );
    await first.close();
    const second = await open();
    const rows = await second.database.inTenant(tenant, (sql) => sql.rows('SELECT name FROM tenant'));
    expect(rows).toEqual([{ name: 'kept' }]);
    await expect(open()).rejects.toThrow(/already using/);
    await second.close();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
