import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page, Rendered } from '../http/pages.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
};

const html = 'text/html; charset=utf-8';
/** The build names these files by what is in them, so a browser never has to ask for one twice. */
const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' };

const notBuilt = `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Fynlo</title><link rel="icon" href="data:,"></head>
<body><h1>The manager’s window is not built here</h1>
<p>The restaurant’s server itself is running: iPads, kitchen and printers work. Start it with <code>npm start</code>,
which builds the window first. Meanwhile there is the <a href="/status">status page</a>.</p></body></html>
`;

/** Where the window stands: beside a bundled server, or where the launcher builds it. */
export function managerFolder(here = import.meta.dirname): string {
  const bundled = join(here, 'manager');
  return existsSync(bundled) ? bundled : join(here, '../../out/renderer/manager');
}

/** How deep the window's own addresses go: `/manager/reports/daily/2025-06-18`. */
const deepest = 3;

/**
 * The manager's window: one page for all its addresses, and its files. They are read once and kept, packed for those who
 * take it that way: what is served goes together, also while a newer build is being put in place.
 * @param folder what the build of renderer/manager made
 */
export function managerPages(folder = managerFolder()): Page[] {
  const home = join(folder, 'index.html');
  const window = existsSync(home) ? kept(home, {}) : () => ({ status: 503, type: html, body: notBuilt });
  const addresses = Array.from({ length: deepest + 1 }, (_, depth) =>
    ['/manager', ...Array.from({ length: depth }, (_one, at) => `:at${at}`)].join('/'),
  );
  return [
    {
      path: '/',
      access: 'public',
      render: () => ({ status: 302, type: html, body: '', headers: { Location: '/manager' } }),
    },
    ...addresses.map((path): Page => ({ path, access: 'public', render: ({ gzip }) => window(gzip) })),
    ...filesIn(folder, '').map(
      (name): Page => ({
        path: `/manager/${name}`,
        access: 'public',
        render: (
          (give) =>
          ({ gzip }) =>
            give(gzip)
        )(kept(join(folder, name), name.startsWith('assets/') ? forEver : {})),
      }),
    ),
    // A file of an older build that somebody's open window still asks for is no page.
    {
      path: '/manager/assets/:name',
      access: 'public',
      render: () => ({ status: 404, type: 'text/plain', body: 'This file belongs to another version.' }),
    },
  ];
}

function filesIn(folder: string, below: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name.startsWith('.') || name === 'index.html') return [];
    return entry.isDirectory() ? filesIn(folder, name) : [name];
  });
}

/** A file as it is now; one that goes away at this very moment is looked for again when somebody asks. */
function kept(file: string, headers: Readonly<Record<string, string>>): (gzip: boolean) => Rendered {
  const type = types[extname(file)] ?? 'application/octet-stream';
  let plain = bytesOf(file);
  let packed: Buffer | null = null;
  return (gzip) => {
    plain ??= readFileSync(file);
    if (!gzip || type === 'font/woff2') return { type, body: plain, headers };
    packed ??= gzipSync(plain);
    return { type, body: packed, headers: { ...headers, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' } };
  };
}

/** A window that is just being built must not keep the restaurant’s server from starting. */
function bytesOf(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
