import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PortalComponent } from '../../../infra/portal/component.ts';
import type { PortalFile } from '../../../infra/portal/portal-file.ts';

/** Where the host page stands for the browser, and for the API that allows it. */
export const HOST_ORIGIN = 'http://localhost:8080';

export interface HostPages {
  readonly port: number;
  /** From now on this page lies at `/` instead of the usual one, which embeds by attributes of its URL. */
  show(html: string): void;
  close(): Promise<void>;
}

/**
 * Serves a page of somebody else's, as portals have it: it embeds the component, gives it tokens, and hears its events.
 * Its policy is as strict as a page can have it.
 */
export async function serveHostPages(
  { script, beside }: PortalComponent,
  apiUrl: string,
): Promise<HostPages> {
  let page = PAGE;
  const files = new Map<string, () => readonly [type: string, body: string]>([
    ['/', () => ['text/html; charset=utf-8', page]],
    ['/host.js', () => ['text/javascript; charset=utf-8', SCRIPT]],
    ['/host.css', () => ['text/css; charset=utf-8', STYLE]],
    ['/share-with-direct.js', () => ['text/javascript; charset=utf-8', script]],
    ...Object.values(beside).map(
      ({ path, contentType, body }: PortalFile) =>
        [`/${path}`, () => [contentType, body] as const] as const,
    ),
  ]);
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? '/', HOST_ORIGIN).pathname)?.();
    if (file) give(response, ...file, policyFor(apiUrl));
    else response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    show: (html) => {
      page = html;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const give = (response: ServerResponse, type: string, body: string, policy: string): void => {
  response.writeHead(200, {
    'content-type': type,
    'content-security-policy': policy,
    'cache-control': 'no-store',
  });
  response.end(body);
};

/** All that a page needs that embeds the component. */
export const policyFor = (apiUrl: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self' ${apiUrl}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** `attributes` of the element stand in the fragment of the URL, which no server sees. */
const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Example Health: my record</title>
<link rel="stylesheet" href="/host.css">
<script type="module" src="/share-with-direct.js"></script>
<script type="module" src="/host.js"></script>
</head>
<body><header>Example Health</header><main><h1>My record</h1></main></body>
</html>
`;

const STYLE = `body { margin: 0; font-family: sans-serif }
header, h1 { margin: 0; padding: 0.5rem 1rem }
`;

const SCRIPT = `const element = document.createElement('share-with-direct');
const attributes = new URLSearchParams(location.hash.slice(1));
document.documentElement.lang = attributes.get('lang') ?? 'en';
for (const [name, value] of attributes) element.setAttribute(name, value);
element.token = (reason) => window.giveToken(reason, element.getAttribute('patient'));
for (const name of ['answered', 'requested', 'changed', 'stopped', 'status', 'trouble']) {
  element.addEventListener('share-' + name, ({ type, detail }) => window.hear(type, detail));
}
document.querySelector('main').append(element);
`;
