import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { acts, channels } from './channels.ts';
import { FakeShell } from './fake-shell.fixture.ts';
import { answerPages } from './ipc.ts';
import { createLocalPages } from './local-pages.ts';
import { createPolicy, LOCAL_CSP } from './policy.ts';

const store = 'http://127.0.0.1:8000/';

describe('what pages may do', () => {
  const policy = createPolicy(() => store);

  test.each([
    ['app://fynlo/starting.html', true],
    ['http://127.0.0.1:8000/manager', true],
    ['http://127.0.0.1:8000.elsewhere.example/', false],
    ['http://127.0.0.1:8001/', false],
    ['http://localhost:8000/', false],
    ['https://127.0.0.1:8000/', false],
    ['app://elsewhere/', false],
    ['app://fynlo.elsewhere/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['data:text/html,hello', false],
    ['not an address', false],
  ])('go to %s: %s', (url, may) => expect(policy.mayNavigate(url)).toBe(may));

  test.each([
    ['ws://127.0.0.1:8000/ws', true],
    ['http://127.0.0.1:8000/manager/assets/a.js', true],
    ['blob:http://127.0.0.1:8000/1', true],
    ['data:image/png;base64,AA==', true],
    ['devtools://devtools/bundled/a.js', true],
    ['wss://elsewhere.example/ws', false],
    ['ws://127.0.0.1:9000/', false],
    ['https://fonts.elsewhere.example/a.woff2', false],
    ['http://169.254.169.254/latest', false],
  ])('ask for %s: %s', (url, may) => expect(policy.mayRequest(url)).toBe(may));

  test('before there is a server, only our own pages are anything', () => {
    const early = createPolicy(() => null);
    expect([early.mayNavigate(store), early.mayRequest(store), early.mayNavigate('app://fynlo/')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('copying is allowed on the server’s pages; camera and place nowhere', () => {
    expect(policy.mayUse('clipboard-sanitized-write', store)).toBe(true);
    expect(policy.mayUse('clipboard-sanitized-write', 'https://elsewhere.example/')).toBe(false);
    for (const permission of ['media', 'geolocation', 'notifications', 'usb', 'clipboard-read'])
      expect(policy.mayUse(permission, store)).toBe(false);
  });

  test('a page of the server without a content policy gets one; one that has its own keeps it', () => {
    expect(policy.headersFor(store, {})['Content-Security-Policy']).toHaveLength(1);
    const own = { 'content-security-policy': ["default-src 'none'"] };
    expect(policy.headersFor(store, own)).toBe(own);
    expect(policy.headersFor('app://fynlo/', {})).toEqual({});
  });
});

describe('the app’s own pages', () => {
  const serve = createLocalPages(path.join(import.meta.dirname, 'pages'));

  test.each(['starting.html', 'attention.html', 'page.css', 'page.js'])(
    '%s is there, and may do nothing more',
    (name) => {
      const { status, headers, body } = serve(`app://fynlo/${name}`);
      expect([status, headers['Content-Security-Policy']]).toEqual([200, LOCAL_CSP]);
      expect(String(body).length).toBeGreaterThan(100);
      if (name.endsWith('.html'))
        expect(String(body), 'no script or style that the policy forbids').not.toMatch(/style=|onclick|<script>/);
    },
  );

  test.each([
    'app://fynlo/../desktop.ts',
    'app://fynlo/%2e%2e/desktop.ts',
    'app://fynlo/toString',
    'app://other/page.js',
    'app://fynlo',
  ])('%s is not', (url) => expect(serve(url)).toMatchObject({ status: 404, body: '' }));
});

describe('what pages may ask', () => {
  let shell: FakeShell;
  const act = vi.fn();
  const log = vi.fn();
  const rescue = { look: vi.fn(async () => null), goBack: vi.fn(async () => undefined) };
  const wayIn = { setup_code: 'AB12-CD34-EF56', demo_people: [] };
  const autostart = { isOn: vi.fn(() => true), set: vi.fn() };
  const state = { phase: 'ready', sentence: '', hint: '', lines: [], version: '1', falls: false } as const;
  beforeEach(() => {
    vi.clearAllMocks();
    shell = new FakeShell();
    const policy = createPolicy(() => store);
    answerPages({ shell, policy, state: () => state, act, wayIn: () => wayIn, rescue, autostart, log });
  });
  const ask = (channel: string, payload: unknown, url = 'app://fynlo/attention.html', isMainFrame = true): unknown =>
    shell.answers.get(channel)?.({ url, isMainFrame }, payload);

  test('the channels that are answered are those that the preload knows', () => {
    expect([...shell.answers.keys()].sort()).toEqual(Object.values(channels).sort());
  });

  test('both kinds of pages of ours are answered', () => {
    expect(ask(channels.readState, undefined)).toBe(state);
    expect(ask(channels.readState, undefined, `${store}manager`)).toBe(state);
    ask(channels.act, 'start-server', `${store}manager`);
    expect(act).toHaveBeenCalledExactlyOnceWith('start-server');
  });

  test.each([
    ['https://elsewhere.example/', true],
    ['', true],
    ['app://fynlo/attention.html', false],
  ])('a page at "%s" (main frame: %s) is refused and noted', (url, isMainFrame) => {
    expect(() => ask(channels.act, 'start-server', url, isMainFrame)).toThrow('may not');
    expect(act).not.toHaveBeenCalled();
    expect(log).toHaveBeenCalledOnce();
  });

  test.each([undefined, null, 'format-disk', ['quit'], { what: 'quit' }, 1])('%j is not how it is asked', (payload) => {
    expect(() => ask(channels.act, payload)).toThrow('not how');
    expect(act).not.toHaveBeenCalled();
  });

  test('the set-up code is for the manager’s window, not for the other pages of this computer', () => {
    expect(ask(channels.readWayIn, undefined, `${store}manager`)).toBe(wayIn);
    expect(ask(channels.readWayIn, undefined, `${store}manager/orders`)).toBe(wayIn);
    for (const url of [`${store}status`, `${store}managers`, `${store}status#/manager`, 'app://fynlo/manager']) {
      expect(() => ask(channels.readWayIn, undefined, url), url).toThrow('may not');
    }
    expect(() => ask(channels.readWayIn, undefined, `${store}manager`, false)).toThrow('may not');
    expect(() => ask(channels.readWayIn, 'all', `${store}manager`)).toThrow('not how');
  });

  test('starting with the computer is switched by the manager’s window alone', () => {
    for (const [channel, payload] of [[channels.readAutostart], [channels.setAutostart, true]] as const) {
      expect(() => ask(channel, payload)).toThrow('may not');
      expect(() => ask(channel, payload, `${store}status`)).toThrow('may not');
      expect(() => ask(channel, 'yes', `${store}manager`)).toThrow('not how');
      expect(ask(channel, payload, `${store}manager`)).toBe(true);
    }
    expect(autostart.set.mock.calls).toEqual([[true]]);
  });

  test('going back to a backup is for the app’s own pages, and for a backup’s name', async () => {
    const name = '20250618T181500Z-1041';
    for (const channel of [channels.readLastBackup, channels.goBack]) {
      const payload = channel === channels.goBack ? name : undefined;
      expect(() => ask(channel, payload, `${store}manager`)).toThrow('may not');
      expect(() => ask(channel, 7)).toThrow('not how');
    }
    expect(() => ask(channels.goBack, '../../store.db')).toThrow('not how');
    expect([rescue.look.mock.calls, rescue.goBack.mock.calls]).toEqual([[], []]);
    await ask(channels.readLastBackup, undefined);
    await ask(channels.goBack, name);
    expect([rescue.look.mock.calls, rescue.goBack.mock.calls]).toEqual([[[]], [[name]]]);
  });

  test('quitting is offered by the app’s own page only', () => {
    expect(() => ask(channels.act, 'quit', `${store}manager`)).toThrow('may not');
    for (const what of acts) ask(channels.act, what);
    expect(act.mock.calls.flat()).toEqual([...acts]);
  });
});
