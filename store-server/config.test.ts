import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const read = (args: string[], env: Record<string, string> = {}) => readConfig(args, env, '/srv');

test('without anything the restaurant serves on the ports that iPads expect', () => {
  expect(read([])).toEqual({
    ok: true,
    config: {
      demo: false,
      dataDir: '/srv/.fynlo/store',
      host: '0.0.0.0',
      port: 8000,
      compatPort: 8069,
      mdns: true,
      relay: null,
      claim: null,
    },
  });
});

test('flags win over the environment', () => {
  const env = {
    FYNLO_PORT: '9001',
    FYNLO_COMPAT_PORT: '9002',
    FYNLO_DEMO: '1',
    FYNLO_NO_MDNS: 'true',
    FYNLO_HOST: '127.0.0.1',
  };
  expect(read(['--port', '0', '--data-dir', 'x'], env)).toEqual({
    ok: true,
    config: {
      demo: true,
      dataDir: '/srv/x',
      host: '127.0.0.1',
      port: 0,
      compatPort: 9002,
      mdns: false,
      relay: null,
      claim: null,
    },
  });
  expect(read(['--demo'])).toMatchObject({ config: { dataDir: '/srv/.fynlo/demo' } });
});

test('a start may be for an errand, and for one alone', () => {
  expect(read(['--last-backup'])).toMatchObject({ errand: { kind: 'last_backup' } });
  const name = '20250618T181500Z-1041';
  expect(read(['--go-back-to', name])).toMatchObject({ errand: { kind: 'go_back', name } });
  expect(read(['--last-backup', '--go-back-to', name]).ok).toBe(false);
});

test('the relay is given by its address and, once, a claim code as people type it', () => {
  expect(read(['--relay', 'http://localhost:8100/', '--claim', 'lime-river-42'])).toMatchObject({
    config: { relay: 'http://localhost:8100', claim: 'LIME-RIVER-42' },
  });
  const env = { FYNLO_RELAY_URL: 'https://relay.test', FYNLO_CLAIM: 'RED-FOX-7' };
  expect(read([], env)).toMatchObject({ config: { relay: 'https://relay.test', claim: 'RED-FOX-7' } });
});

test.each([
  [['--relay', 'relay'], {}, '--relay has to be an address such as https://relay.example, not "relay".'],
  [['--relay', 'http://r', '--claim', '?'], {}, '--claim has to be a code such as LIME-RIVER-OAK-4210.'],
  [
    ['--go-back-to', '../store.db'],
    {},
    '--go-back-to has to be a backup such as 20250618T181500Z-1041, not "../store.db".',
  ],
  [['--claim', 'RED-FOX-7'], {}, '--claim needs --relay, the address the code is for.'],
  [['--port', '70000'], {}, '--port has to be a number from 0 to 65535, not "70000".'],
  [['--port', 'x'], {}, '--port has to be a number from 0 to 65535, not "x".'],
  [[], { FYNLO_COMPAT_PORT: '-1' }, '--compat-port has to be a number from 0 to 65535, not "-1".'],
  [['--host', 'a b'], {}, '--host has to be an address or a name, not "a b".'],
  [[], { FYNLO_DEMO: 'maybe' }, 'FYNLO_DEMO has to be 1 or 0, not "maybe".'],
  [['--port', '8069'], {}, '--port and --compat-port have to differ; both are 8069.'],
  [['--prot', '1'], {}, "Unknown option '--prot'."],
])('a mistake is named: %j %j', (args, env, sentence) => {
  const answer = read(args, env as Record<string, string>);
  expect(answer.ok ? [] : answer.errors).toContain(sentence);
});
