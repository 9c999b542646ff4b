import type { Response } from 'express';
import type { Identity } from './identity.ts';
import type { Access } from './route.ts';
import { pageHeaders } from './security-headers.ts';

/** What a page's `render` is told. */
export interface PageContext {
  readonly identity: Identity;
  readonly address: string;
  /** Whether the request came from this very machine. */
  readonly loopback: boolean;
  readonly query: Readonly<Record<string, string>>;
  /** Whether the browser takes gzip. */
  readonly gzip: boolean;
}

export interface Rendered {
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly status?: number;
  /** Besides the content type, such as where a redirect leads; they win over the usual ones of a page. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Something served as it is, outside the envelope: a page, its script, the API document. Answered to GET and HEAD. */
export interface Page {
  readonly path: string;
  readonly access: Access;
  /** Absolute path of a file; its name's ending gives the content type. */
  readonly file?: string;
  readonly render?: (at: PageContext) => Rendered | Promise<Rendered>;
}

/** Sends a page; resolves when it has been handed over. */
export async function sendPage(page: Page, response: Response, at: PageContext): Promise<void> {
  const { file, render } = page;
  for (let at = 0; at < pageHeaders.length; at += 2) {
    response.setHeader(pageHeaders[at] as string, pageHeaders[at + 1] as string);
  }
  response.setHeader('Cache-Control', 'no-cache');
  if (file !== undefined) {
    await new Promise<void>((resolve, reject) => {
      // A browser that leaves in mid-file is no fault of ours.
      const done = (error?: Error) => (error && !response.headersSent ? reject(error) : resolve());
      response.sendFile(file, { cacheControl: false, dotfiles: 'allow' }, done);
    });
    return;
  }
  if (render === undefined) throw new Error(`The page ${page.path} has neither a file nor a rendering`);
  const { type, body, status = 200, headers = {} } = await render(at);
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body), ...headers });
  response.end(body);
}
