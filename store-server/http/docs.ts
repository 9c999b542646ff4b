import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from './pages.ts';

/** Where the reader comes from: beside a packed server, or its package, since a store has to do without the internet. */
function readerFile(): string | null {
  const beside = join(import.meta.dirname, 'api-reader.js');
  if (existsSync(beside)) return beside;
  try {
    const style = createRequire(import.meta.url).resolve('@scalar/api-reference/style.css');
    return join(dirname(style), 'browser', 'standalone.js');
  } catch {
    // A build without it still serves restaurants; the document itself is there for other readers.
    return null;
  }
}

/** No fonts, proxies, assistants or accounts from elsewhere. */
const settings = {
  url: '/api/v1/openapi.json',
  theme: 'default',
  withDefaultFonts: false,
  proxyUrl: '',
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  defaultOpenAllTags: false,
};

const html = `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fynlo API</title>
<link rel="icon" href="data:,">
</head>
<body>
<div id="reader"></div>
<script src="/docs/reader.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const start = `Scalar.createApiReference('#reader', ${JSON.stringify(settings)});\n`;

/** The API document for programs, and a page for people to read it. `document` is asked for once, when first needed. */
export function docsPages(document: () => object): Page[] {
  let json: Buffer | null = null;
  const apiDocument = () => {
    json ??= Buffer.from(JSON.stringify(document()));
    return { type: 'application/json; charset=utf-8', body: json };
  };
  const reader = readerFile();
  const forPrograms: Page = { path: '/api/v1/openapi.json', access: 'public', render: apiDocument };
  if (reader === null) return [forPrograms];
  return [
    forPrograms,
    { path: '/docs', access: 'public', render: () => ({ type: 'text/html; charset=utf-8', body: html }) },
    {
      path: '/docs/start.js',
      access: 'public',
      render: () => ({ type: 'text/javascript; charset=utf-8', body: start }),
    },
    { path: '/docs/reader.js', access: 'public', file: reader },
  ];
}
