import { expect, test } from 'vitest';
import { isLocalAddress, parsePrinterAddress } from './address.ts';

test.each([
  ['tcp://10.0.0.9:9100', '10.0.0.9', 9100, 'tcp://10.0.0.9:9100'],
  ['tcp://192.168.1.40', '192.168.1.40', 9100, 'tcp://192.168.1.40:9100'],
  [' TCP://172.31.255.1:515/ ', '172.31.255.1', 515, 'tcp://172.31.255.1:515'],
  ['tcp://127.0.0.1:41234', '127.0.0.1', 41_234, 'tcp://127.0.0.1:41234'],
  ['tcp://localhost:9100', 'localhost', 9100, 'tcp://localhost:9100'],
  ['tcp://EPSON-bar.local', 'epson-bar.local', 9100, 'tcp://epson-bar.local:9100'],
  ['192.168.1.50', '192.168.1.50', 9100, 'tcp://192.168.1.50:9100'],
  ['10.0.0.9:9100', '10.0.0.9', 9100, 'tcp://10.0.0.9:9100'],
  ['epson-bar.local', 'epson-bar.local', 9100, 'tcp://epson-bar.local:9100'],
  ['tcp://[fe80::1]:9100', 'fe80::1', 9100, 'tcp://[fe80::1]:9100'],
])('%s is a printer in the house', (written, host, port, href) => {
  expect(parsePrinterAddress(written)).toEqual({ ok: true, address: { scheme: 'tcp', host, port, href } });
});

test.each([
  ['', /tcp:/],
  ['the one in the bar', /tcp:/],
  ['8.8.8.8', /this network/],
  ['usb://04b8:0202', /not usb/],
  ['http://10.0.0.9', /not http/],
  ['tcp://8.8.8.8:9100', /this network/],
  ['tcp://172.32.0.1', /this network/],
  ['tcp://printer.example.com', /this network/],
  ['tcp://local', /this network/],
  ['tcp://0.0.0.0:9100', /this network/],
  ['tcp://169.254.169.254:80', /this network/],
  ['tcp://[2001:4860:4860::8888]:9100', /this network/],
  ['tcp://[::ffff:8.8.8.8]:9100', /this network/],
  ['tcp://0x7f000001', /this network/],
  ['tcp://2130706433', /this network/],
  ['tcp://10.0.0.9:0', /port/],
  ['tcp://10.0.0.9:65536', /port/],
  ['tcp://10.0.0.9:9100/admin', /nothing else/],
  ['tcp://user@10.0.0.9', /nothing else/],
  ['tcp://10.0.0.9#.local', /nothing else/],
  ['tcp://10.0.0.9\n.local', /tcp:/],
])('%j is refused in a sentence', (written, sentence) => {
  const parsed = parsePrinterAddress(written);
  expect(parsed).toMatchObject({ ok: false, reason: expect.stringMatching(sentence) });
});

test('what a name leads to is judged like an address', () => {
  expect(['10.1.2.3', '::1', 'fd00::1', '127.8.8.8'].map(isLocalAddress)).toEqual([true, true, true, true]);
  expect(['1.1.1.1', '::ffff:1.1.1.1', '2a00::1', 'name.local', '192.169.0.1'].map(isLocalAddress)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});
