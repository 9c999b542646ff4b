import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { holderOfPort, type Machine } from './port-holder.ts';

const nothing: Machine = {
  platform: 'darwin',
  read: () => '',
  list: () => [],
  linkOf: () => '',
  run: () => Promise.reject(new Error('not found')),
};

test.runIf(process.platform === 'linux')(
  'on Linux the real holder is found, in this process and in another',
  async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    expect(await holderOfPort((server.address() as AddressInfo).port)).toEqual({
      pid: process.pid,
      name: 'node',
    });
    server.close();

    const script = "const s=require('net').createServer().listen(0,'::',()=>console.log(s.address().port))";
    const other = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = (await once(other.stdout, 'data')) as [Buffer];
    expect(await holderOfPort(Number(port))).toEqual({ pid: other.pid, name: 'node' });
    other.kill('SIGKILL');
  },
);

test.runIf(process.platform === 'linux')('a port that nobody holds has no holder', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  expect(await holderOfPort(port)).toBeNull();
});

test('a program of another user stays unnamed', async () => {
  const machine: Machine = {
    ...nothing,
    platform: 'linux',
    read: () => '  0: 00000000:1F40 00000000:0000 0A 0:0 0:0 0 0 0 4711 1',
    list: (folder) => {
      if (folder === '/proc') return ['17', 'net'];
      throw new Error('EACCES');
    },
  };
  expect(await holderOfPort(8000, machine)).toBeNull();
});

test('a program that was replaced while it ran keeps its name', async () => {
  const machine: Machine = {
    ...nothing,
    platform: 'linux',
    read: () => '  0: 00000000:1F40 00000000:0000 0A 0:0 0:0 0 0 0 4711 1',
    list: (folder) => (folder === '/proc' ? ['17'] : ['3']),
    linkOf: (file) => (file.endsWith('/exe') ? '/opt/Fynlo/fynlo (deleted)' : 'socket:[4711]'),
  };
  expect(await holderOfPort(8000, machine)).toEqual({ pid: 17, name: 'fynlo' });
});

test('on a Mac, lsof is asked', async () => {
  const run: Machine['run'] = async (program, args) => {
    expect([program, ...args].join(' ')).toBe('lsof -nP -iTCP:8000 -sTCP:LISTEN -Fpc');
    return 'p512\ncPython\nf3\n';
  };
  expect(await holderOfPort(8000, { ...nothing, run })).toEqual({ pid: 512, name: 'Python' });
  expect(await holderOfPort(8000, { ...nothing, run: async () => '' })).toBeNull();
});

test('on Windows, netstat and tasklist are asked, in whatever language they speak', async () => {
  const rows = [
    '  TCP    0.0.0.0:80             0.0.0.0:0              ABHÖREN         4',
    '  TCP    192.168.1.5:8000       192.168.1.9:51044      HERGESTELLT     9',
    '  TCP    0.0.0.0:8000           0.0.0.0:0              ABHÖREN         4312',
  ].join('\r\n');
  const run: Machine['run'] = async (program) =>
    program === 'netstat' ? rows : '"httpd.exe","4312","Console","1","9,144 K"\r\n';
  expect(await holderOfPort(8000, { ...nothing, platform: 'win32', run })).toEqual({ pid: 4312, name: 'httpd.exe' });
  expect(await holderOfPort(8069, { ...nothing, platform: 'win32', run })).toBeNull();
});

test('where the tool is missing, nobody is named and nothing breaks', async () => {
  expect(await holderOfPort(8000, nothing)).toBeNull();
});
