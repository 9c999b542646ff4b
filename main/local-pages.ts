import { readFileSync } from 'node:fs';
import path from 'node:path';
import { LOCAL_CSP, LOCAL_ORIGIN } from './policy.ts';
import type { LocalFile } from './shell.ts';

/** All there is; whatever else is asked for does not exist. */
const files: Readonly<Record<string, string>> = {
  'starting.html': 'text/html; charset=utf-8',
  'attention.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
};

/** Serves the app's own pages under app://fynlo/, which works before any server runs, and after. */
export function createLocalPages(folder: string): (url: string) => LocalFile {
  return (url) => {
    const name = url.startsWith(`${LOCAL_ORIGIN}/`) ? (URL.parse(url)?.pathname.slice(1) ?? '') : '';
    const type = Object.hasOwn(files, name) ? files[name] : undefined;
    const headers = { 'Content-Security-Policy': LOCAL_CSP, 'X-Content-Type-Options': 'nosniff' };
    if (type === undefined) return { status: 404, body: '', headers };
    return { status: 200, body: readFileSync(path.join(folder, name)), headers: { ...headers, 'Content-Type': type } };
  };
}
