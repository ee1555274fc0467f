import { type HttpPorts, onHttp } from '../../shared/edge/http.ts';
import { done } from '../../shared/outcome.ts';
import { ROUTES } from './route.ts';

/** Says that the API answers. It asks nothing behind it: that is what alarms are for. */
export const makeHandler = (ports: HttpPorts) =>
  onHttp(
    ROUTES,
    {
      'GET /v1/health': () => Promise.resolve(done({ status: 200, body: { status: 'ok' } })),
    },
    ports,
  );
