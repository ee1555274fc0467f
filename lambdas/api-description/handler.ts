import type { Answer } from '../../shared/edge/http/call.ts';
import { onHttp, type PublicPorts } from '../../shared/edge/http.ts';
import { sha256 } from '../../shared/ids.ts';
import { done } from '../../shared/outcome.ts';
import { ROUTES } from './route.ts';

export interface ApiDescriptionPorts extends PublicPorts {
  /** The OpenAPI document, as JSON. */
  readonly description: Uint8Array;
}

/** A deployment is seen within five minutes. */
const CACHING = 'public, max-age=300';

/** Says that the API answers, without asking anything behind it (that is what alarms are for), and what it takes. */
export function makeHandler(ports: ApiDescriptionPorts) {
  const headers = { etag: `"${sha256(ports.description)}"`, 'cache-control': CACHING };
  const content = { type: 'application/json', bytes: ports.description };
  const described: Answer = { status: 200, content, headers };
  return onHttp(
    ROUTES,
    {
      'GET /v1/health': () => Promise.resolve(done({ status: 200, body: { status: 'ok' } })),
      'GET /v1/openapi.json': () => Promise.resolve(done(described)),
    },
    ports,
  );
}
