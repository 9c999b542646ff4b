import type { App, Session, WebContents } from 'electron';
import type { Policy } from './policy.ts';

/** Puts the policy between every page and the world: requests, answers, permissions and devices. */
export function guardSession(
  session: Pick<
    Session,
    'webRequest' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
  policy: Policy,
): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !policy.mayRequest(url) }));
  session.webRequest.onHeadersReceived(({ url, responseHeaders = {} }, answer) =>
    answer({ responseHeaders: policy.headersFor(url, responseHeaders) }),
  );
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) =>
    answer(policy.mayUse(permission, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => policy.mayUse(permission, origin));
  session.setDevicePermissionHandler(() => false);
}

type Guarded = Pick<WebContents, 'on' | 'setWindowOpenHandler'>;

/** Every page stays where it belongs, opens no window, and embeds nobody. */
export function guardContents(app: Pick<App, 'on'>, policy: Policy, openOutside: (url: string) => void): void {
  app.on('web-contents-created', (_event, contents: Guarded) => {
    const stay = (event: { readonly url: string; preventDefault(): void }): void => {
      if (!policy.mayNavigate(event.url)) event.preventDefault();
    };
    contents.on('will-navigate', stay);
    contents.on('will-redirect', stay);
    contents.on('will-frame-navigate', stay);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (policy.mayOpenOutside(url)) openOutside(url);
      return { action: 'deny' };
    });
  });
}
