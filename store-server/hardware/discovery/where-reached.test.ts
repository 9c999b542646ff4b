import { expect, test } from 'vitest';
import { type Listening, whereReached } from './where-reached.ts';

const usual: Listening = {
  listensOn: '0.0.0.0',
  port: 8000,
  olderPort: 8069,
  cards: [{ name: 'Ethernet', address: '192.168.1.20' }],
  announcedAs: 'fynlo-1a2b3c4d.local',
};
const hosts = (over: Partial<Listening>) => whereReached({ ...usual, ...over }).addresses.map(({ host }) => host);

test('an ordinary PC says its address, its name and both ports', () => {
  expect(whereReached(usual)).toEqual({
    reach: 'network',
    addresses: [{ url: 'http://192.168.1.20:8000/', host: '192.168.1.20', card: 'Ethernet' }],
    name_url: 'http://fynlo-1a2b3c4d.local:8000/',
    port: 8000,
    older_port: 8069,
  });
});

test('with several cards all are offered, and what no iPad stands in comes last', () => {
  const cards = [
    { name: 'docker0', address: '172.17.0.1' },
    { name: 'vEthernet (WSL)', address: '172.28.0.1' },
    { name: 'Wi-Fi', address: '192.168.1.21' },
    { name: 'Ethernet', address: '10.0.0.5' },
    { name: 'Ethernet 2', address: '169.254.7.7' },
  ];
  expect(hosts({ cards })).toEqual(['192.168.1.21', '10.0.0.5', '172.17.0.1', '172.28.0.1']);
});

test.each(['127.0.0.1', '::1'])(
  'a server that listens on %s only is reached by nobody, whatever cards there are',
  (at) => {
    expect(whereReached({ ...usual, listensOn: at })).toMatchObject({
      reach: 'this_computer',
      addresses: [],
      name_url: null,
    });
  },
);

test('a PC without a network says so, instead of an address that leads nowhere', () => {
  for (const cards of [[], [{ name: 'Wi-Fi', address: '169.254.3.4' }]]) {
    expect(whereReached({ ...usual, cards })).toMatchObject({ reach: 'no_network', addresses: [], name_url: null });
  }
});

test('a server that was started for one address is reached at that one', () => {
  const cards = [...usual.cards, { name: 'Wi-Fi', address: '192.168.1.21' }];
  expect(whereReached({ ...usual, cards, listensOn: '192.168.1.21' }).addresses).toEqual([
    { url: 'http://192.168.1.21:8000/', host: '192.168.1.21', card: 'Wi-Fi' },
  ]);
  expect(whereReached({ ...usual, cards, listensOn: 'fd00::7', port: 80 }).addresses).toEqual([
    { url: 'http://[fd00::7]:80/', host: 'fd00::7', card: null },
  ]);
});
