import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pageHeaders } from '../../store-server/http/security-headers.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
};

const notBuilt = `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Fynlo</title><link rel="icon" href="data:,"></head>
<body><h1>The owner’s console is not built here</h1>
<p>The relay itself is running: restaurants are heard and kept. Start it with <code>npm run relay</code>, which builds the
console first.</p></body></html>
`;

/** What was built, by its address. What is served goes together, also while a newer build is being put in place. */
function filesBelow(folder: string, below = ''): [string, Buffer][] {
  if (!existsSync(folder)) return [];
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry): [string, Buffer][] => {
    const name = `${below}/${entry.name}`;
    if (entry.name.startsWith('.')) return [];
    return entry.isDirectory() ? filesBelow(folder, name) : [[name, readFileSync(join(folder, name))]];
  });
}

/**
 * The owner's console: one page for all its addresses, and its files.
 * @param folder what the build of renderer/console made
 * @returns answers a GET; false for an address that belongs to no page, such as one of the API
 */
export function consolePages(folder = join(import.meta.dirname, '../../out/renderer/console')) {
  const files = new Map(filesBelow(folder));
  const packed = new Map<string, Buffer>();
  const home = files.has('/index.html') ? '/index.html' : null;

  return (request: IncomingMessage, response: ServerResponse, path: string): boolean => {
    // An address with a dot names a file; one that is not here belongs to another build.
    const name = files.has(path) ? path : path.startsWith('/api/') || path.includes('.') ? undefined : home;
    if (name === undefined) return false;
    const plain = name === null ? Buffer.from(notBuilt) : (files.get(name) ?? Buffer.alloc(0));
    const headers = [...pageHeaders, 'Content-Type', types[extname(name ?? '.html')] ?? types['.html'] ?? ''];
    // The build names what lies in assets/ by what is in it, so a browser never has to ask for it twice.
    headers.push('Cache-Control', name?.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    let body = plain;
    if (name !== null && /\bgzip\b/.test(String(request.headers['accept-encoding']))) {
      body = packed.get(name) ?? gzipSync(plain);
      packed.set(name, body);
      headers.push('Content-Encoding', 'gzip', 'Vary', 'Accept-Encoding');
    }
    headers.push('Content-Length', String(body.length));
    response.writeHead(name === null ? 503 : 200, headers);
    response.end(body);
    return true;
  };
}
