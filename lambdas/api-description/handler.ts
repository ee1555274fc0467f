import type { Answer, PublicCall } from '../../shared/edge/http/call.ts';
import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { sha256 } from '../../shared/ids.ts';
import { done } from '../../shared/outcome.ts';
import { ROUTES } from './route.ts';

export interface ApiDescriptionPorts extends HttpPorts {
  /** The OpenAPI document, as JSON. */
  readonly description: Uint8Array;
}

/** A deployment is seen within five minutes. */
const CACHING = 'public, max-age=300';

/** Says that the API answers, without asking anything behind it (that is what alarms are for), and what it takes. */
export function makeHandler(ports: ApiDescriptionPorts) {
  const headers = { etag: `"${sha256(ports.description)}"`, 'cache-control': CACHING };
  const content = { type: 'application/json', bytes: ports.description };
  const described = (call: PublicCall): Answer =>
    isKnown(call, headers.etag) ? { status: 304, headers } : { status: 200, content, headers };
  return onHttp(
    ROUTES,
    {
      'GET /v1/health': () => Promise.resolve(done({ status: 200, body: { status: 'ok' } })),
      'GET /v1/openapi.json': (call) => Promise.resolve(done(described(call))),
    },
    ports,
  );
}

/** The same text is the same version, however strongly it is asked for. @see RFC 9110, 13.1.2 */
const isKnown = ({ headers }: PublicCall, etag: string): boolean =>
  (headers['if-none-match'] ?? '')
    .split(',')
    .map((each) => each.trim().replace(/^W\//, ''))
    .some((each) => each === etag || each === '*');
