import { authorizing } from '../../infra/local/http/authorization.ts';
import { makeHandler } from '../../lambdas/authorizer/handler.ts';
import { tokenVerifier } from '../../shared/adapters/tokens/token-verifier.ts';
import { isPublic, type Route, routeKeyOf } from '../../shared/edge/identity/access.ts';
import { isFailureCode } from '../../shared/failures.ts';
import type { Answered, HttpWorld } from '../lambdas/http-world.ts';
import type { Told } from './faults.ts';
import { type KnownIssuers, NOW } from './known-issuers.ts';

/** What a function answers of itself is not what a caller is told of who may call; that it failed is neither. */
const OF_THE_DOOR =
  /^edge\/(unauthenticated|forbidden|failed|token-|sign-in-|step-up-|certificate-)/;

const now = () => NOW;

/** The API as its callers see it: the gateway's rules, the authorizer, the functions. */
export function frontOf(world: HttpWorld, issuers: KnownIssuers) {
  const authorizer = makeHandler({
    verify: tokenVerifier(issuers.issuers, now),
    issuers: issuers.issuers,
    revoked: issuers.revoked,
    clients: [],
    now,
    metrics: world.ports.metrics,
    log: world.ports.log,
  });
  let asked = 0;
  const authorize = authorizing({
    get: () => ({
      invoke: (event) => {
        asked++;
        return authorizer(event);
      },
    }),
  });

  /** @param path with what stands in its braces */
  async function ask(route: Route, path: string, authorization?: string): Promise<Answered> {
    const headers = authorization === undefined ? {} : { authorization };
    const called = `${route.method} ${path}`;
    if (isPublic(route)) return world.ask(called, { headers });
    const allowed = await authorize(
      // As the template has them: test/infra/http-api.test.ts.
      route.certificate
        ? { id: 'certificate', functionArn: '', identitySources: [], cacheSeconds: 0 }
        : {
            id: 'token',
            functionArn: '',
            identitySources: ['$request.header.Authorization', '$context.routeKey'],
            cacheSeconds: 60,
          },
      {
        method: route.method,
        path,
        rawQueryString: '',
        headers,
        body: Buffer.alloc(0),
        sourceIp: '127.0.0.1',
      },
      { apiId: 'api', routeKey: routeKeyOf(route), pathParameters: {} },
    );
    return allowed.kind === 'allowed'
      ? world.ask(called, { headers, context: allowed.context })
      : byGateway(allowed.kind);
  }
  return { ask, asked: () => asked };
}

const STATUS = { unauthorized: 401, forbidden: 403, broken: 500 };

const byGateway = (kind: keyof typeof STATUS): Answered => ({
  status: STATUS[kind],
  headers: {},
  body: 'gateway',
});

/** What an answer tells its caller of whether he may call. */
export function toldIn({ status, body }: Answered): Told {
  if (body === 'gateway') return `gateway ${status}` as Told;
  const code: unknown = body?.code;
  return typeof code === 'string' && isFailureCode(code) && OF_THE_DOOR.test(code)
    ? code
    : 'let in';
}
