import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { startFailure } from './start-failure.ts';

const read = (args: string[], env: Record<string, string> = {}) => readConfig(args, env, '/srv/fynlo');

test('nothing given is a relay for this computer alone, with a database of its own', () => {
  expect(read([])).toEqual({
    ok: true,
    config: { demo: false, dataDir: '/srv/fynlo/.fynlo/relay', host: '127.0.0.1', port: 8100, databaseUrl: null },
  });
});

test('flags win over the environment', () => {
  const env = {
    FYNLO_RELAY_DEMO: '1',
    FYNLO_RELAY_PORT: '9000',
    FYNLO_RELAY_HOST: '0.0.0.0',
    FYNLO_RELAY_DATA_DIR: 'there',
    DATABASE_URL: 'postgres://a:b@db/relay',
  };
  expect(read([], env)).toMatchObject({
    config: { demo: true, port: 9000, host: '0.0.0.0', dataDir: '/srv/fynlo/there', databaseUrl: env.DATABASE_URL },
  });
  expect(read(['--port', '1', '--host', 'relay.local', '--data-dir', '/elsewhere'], env)).toMatchObject({
    config: { port: 1, host: 'relay.local', dataDir: '/elsewhere' },
  });
});

test('every mistake is named', () => {
  const env = { FYNLO_RELAY_DEMO: 'maybe', DATABASE_URL: 'mysql://db/relay', FYNLO_RELAY_PORT: 'x' };
  const answer = read(['--host', 'a b'], env);
  expect(answer).toMatchObject({ ok: false });
  expect(answer.ok ? [] : answer.errors).toEqual([
    'FYNLO_RELAY_DEMO has to be 1 or 0, not "maybe".',
    '--host has to be an address or a name, not "a b".',
    '--port has to be a number from 0 to 65535, not "x".',
    'DATABASE_URL has to look like postgres://user:password@host:5432/database.',
    expect.stringMatching(/^Usage: npm run relay/),
  ]);
});

test('failures of the system are told in words', () => {
  const config = { demo: false, dataDir: '/data', host: '10.9.9.9', port: 1, databaseUrl: null };
  const said = (error: unknown) => startFailure(error, config);
  expect(said({ code: 'EADDRNOTAVAIL' })).toBe('This computer has no address 10.9.9.9. Give another --host.');
  expect(said({ code: 'EACCES', port: 80 })).toBe('This user may not listen on port 80. Give another --port.');
  expect(said({ code: 'ENOSPC' })).toBe('/data cannot be written (ENOSPC).');
  expect(said(new Error('odd'))).toMatch(/^The relay could not start: Error: odd/);
  expect(said('odd')).toBe('The relay could not start: odd');
});
