import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Behaviour, Site } from './distribution.ts';

/** What lies behind a distribution: where buckets are, and the API. Both without a slash at the end. */
export interface Behind {
  readonly objects: string;
  readonly api: string;
}

/**
 * In place of CloudFront, on loopback: the files of the hosted pages with the headers that the template puts on them, and the
 * API at the same name. It keeps nothing, compresses nothing, and does not ask from which country somebody comes.
 */
export interface PortalServer {
  readonly url: string;
  /** From now on it is that site. */
  serve(site: Site | undefined, behind: Behind): void;
  close(): Promise<void>;
}

/** @param port a free one unless given */
export async function startPortal(port = 0): Promise<PortalServer> {
  let served: { readonly site: Site; readonly behind: Behind } | undefined;
  const server = createServer((request, response) => {
    if (!served) refuse(response, 503, 'ServiceUnavailable');
    else
      void answer(request, response, served.site, served.behind).catch(() =>
        refuse(response, 400, 'BadRequest'),
      );
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(port, '127.0.0.1', listening);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (site, behind) => {
      served = site && { site, behind };
    },
    async close() {
      const closed = new Promise((end) => server.close(end));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { rootObject, behaviours }: Site,
  { objects, api }: Behind,
): Promise<void> {
  // Not beside a base: a path that begins with two slashes would name who is asked.
  const { pathname } = new URL(`http://portal${request.url}`);
  const behaviour = behaviours.find(({ matches }) => matches(pathname));
  if (!behaviour?.methods.includes(request.method ?? '')) {
    request.resume();
    return refuse(response, 403, 'AccessDenied');
  }
  if (behaviour.bucket === undefined) return forward(api, request, response);
  const key = pathname === '/' ? rootObject : pathname.slice(1);
  // By its name alone a bucket would be listed.
  if (key === '') return refuse(response, 403, 'AccessDenied');
  await give(`${objects}/${behaviour.bucket}/${key}`, behaviour, request, response);
}

/** What S3 keeps with an object and CloudFront passes on. */
const KEPT = ['content-type', 'cache-control', 'etag', 'last-modified'];

/** What is not there S3 answers like what is not to be seen: nobody learns by it what there is. */
async function give(
  url: string,
  { headers }: Behaviour,
  { headers: said }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const added = headers(said.origin !== undefined);
  const found = await fetch(url).catch(() => undefined);
  if (!found?.ok) return refuse(response, found ? 403 : 502, 'AccessDenied', added);
  const body = Buffer.from(await found.arrayBuffer());
  const kept = KEPT.flatMap((name) => {
    const value = found.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const isKnown = said['if-none-match'] === found.headers.get('etag');
  response.writeHead(isKnown ? 304 : 200, {
    ...Object.fromEntries(kept),
    ...(!isKnown && { 'content-length': body.length }),
    ...added,
  });
  response.end(isKnown ? undefined : body);
}

/** All that a call says but for whom it asked: the API knows itself by another name. */
function forward(api: string, request: IncomingMessage, response: ServerResponse): void {
  const { host: _, connection: __, ...headers } = request.headers;
  const asked = ask(api, { path: request.url, method: request.method, headers });
  asked.on('response', (answered) => {
    response.writeHead(answered.statusCode ?? 502, answered.headers);
    answered.pipe(response);
  });
  asked.on('error', () => response.destroy());
  response.on('close', () => asked.destroy());
  request.pipe(asked);
}

function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`);
}
