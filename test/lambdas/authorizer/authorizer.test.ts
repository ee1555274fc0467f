import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Issuer, startIssuer } from '../../../infra/local/world/issuer.ts';
import type { SignInName } from '../../../infra/local/world/token-request.ts';
import { makeHandler } from '../../../lambdas/authorizer/handler.ts';
import { tokenVerifier } from '../../../shared/adapters/tokens/token-verifier.ts';
import { jsonLog } from '../../../shared/log.ts';
import { identityOf, issuersBeside } from '../../support/issuers.ts';
import { memoryMetrics } from '../../support/memory/metrics.ts';
import { type HttpWorld, httpWorld } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { PERSON, register } from '../steps.ts';

let issuer: Issuer;
let world: HttpWorld;
let authorizer: ReturnType<typeof makeHandler>;

beforeAll(async () => {
  issuer = await startIssuer();
  authorizer = authorizerBy();
  world = await httpWorld();
});
afterAll(() => issuer.close());

const now = () => new Date();
const lines: string[] = [];
const metrics = memoryMetrics();
const log = jsonLog((line) => lines.push(line), 'authorizer');

/** An authorizer of this deployment, by these rules for its issuer. */
function authorizerBy(rules: object = {}): ReturnType<typeof makeHandler> {
  const issuers = issuersBeside(issuer, { issuers: [{ name: 'default', ...rules }] });
  const verify = tokenVerifier(issuers, now);
  const { revoked } = identityOf();
  return makeHandler({ verify, issuers, revoked, clients: [], now, metrics, log });
}

/** As API Gateway does it: the authorizer first, and its context to the function behind. */
async function ask(route: string, token: string, json?: object, by = authorizer) {
  const answer = await by({ headers: { authorization: `Bearer ${token}` } });
  expect(answer.isAuthorized).toBe(true);
  return world.ask(route, { context: answer.context, ...(json === undefined ? {} : { json }) });
}

describe('a token of the issuer', () => {
  test.each(['patient', 'representative', 'provider'] as const)(
    'lets a %s read what is shared',
    async (kind) => {
      await register(world);
      const token = await issuer.token({ kind, patient: 'ana' });
      expect((await ask('GET /v1/patients/ana/transmit-requests', token)).status).toBe(200);
    },
  );

  test('lets a system register a patient', async () => {
    const token = await issuer.token({ kind: 'system' });
    expect((await ask('PUT /v1/patients/ben', token, PERSON)).status).toBe(201);
  });

  test('edge/forbidden: with other scopes', async () => {
    const token = await issuer.token({ kind: 'system', scopes: ['event.write'] });
    await expectRefused(world, 'edge/forbidden', () => ask('PUT /v1/patients/cy', token, PERSON));
  });

  test('edge/token-expired: of an hour ago', async () => {
    const token = await issuer.token({ kind: 'system', validSeconds: -3600 });
    await expectRefused(world, 'edge/token-expired', () =>
      ask('PUT /v1/patients/cy', token, PERSON),
    );
  });
});

test('what is no token of ours goes no further', async () => {
  for (const headers of [{}, { authorization: 'Bearer abc' }, { authorization: 'Basic abc' }]) {
    expect(await authorizer({ headers })).toEqual({ isAuthorized: false, context: {} });
  }
});

test('why somebody was refused stands in the log, in words of ours, and nothing of who it was', async () => {
  const other = await issuer.token({ kind: 'patient', patient: 'ana', validSeconds: -3600 });
  const shown = [undefined, 'Bearer a.b.c', `Bearer ${other.slice(0, -4)}AAAA`, `Bearer ${other}`];
  lines.length = 0;
  const before = metrics.of('CallerRefused').length;
  for (const authorization of shown) await authorizer({ headers: { authorization } });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'caller-refused', code: 'edge/unauthenticated', tokenFault: 'absent' },
    { code: 'edge/unauthenticated', tokenFault: 'issuer' },
    { code: 'edge/unauthenticated', tokenFault: 'signature' },
    { code: 'edge/token-expired' },
  ]);
  expect(lines.join('')).not.toMatch(/ana|local|eyJ|Bearer/);
  expect(metrics.of('CallerRefused')).toHaveLength(before + shown.length);
});

describe('where the settings ask for more than a sign-in of any kind', () => {
  const SHARING = 'POST /v1/patients/ana/transmit-requests';
  const READING = 'GET /v1/patients/ana/transmit-requests';
  const askAs = async (signIn: SignInName, route: string) => {
    const strict = authorizerBy({
      acr: ['loa2', 'loa3'],
      amr: ['mfa'],
      maxAuthAgeSeconds: 3600,
      stepUp: { acr: ['loa3'], maxAuthAgeSeconds: 300 },
    });
    const token = await issuer.token({ kind: 'patient', patient: 'ana', signIn });
    return ask(route, token, route === SHARING ? {} : undefined, strict);
  };

  test.each([
    ['weak', READING],
    ['stale', READING],
    ['weak', SHARING],
  ] as const)('edge/sign-in-weak: a %s one does for nothing: %s', async (signIn, route) => {
    const before = metrics.of('CallerRefused').length;
    const answered = await expectRefused(world, 'edge/sign-in-weak', () => askAs(signIn, route));
    expect(metrics.of('CallerRefused')).toHaveLength(before + 1);
    expect(answered.headers['www-authenticate']).toBe(
      'Bearer error="insufficient_user_authentication", acr_values="loa2 loa3", max_age="3600"',
    );
  });

  test('edge/step-up-needed: one that does for reading does not for sharing', async () => {
    const before = metrics.of('CallerRefused').length;
    expect((await askAs('usual', READING)).status).toBe(200);
    expect(metrics.of('CallerRefused')).toHaveLength(before);
    const answered = await expectRefused(world, 'edge/step-up-needed', () =>
      askAs('usual', SHARING),
    );
    expect(answered.headers['www-authenticate']).toBe(
      'Bearer error="insufficient_user_authentication", acr_values="loa3", max_age="300"',
    );
  });

  test('the one that was asked for does', async () => {
    expect((await askAs('stepped-up', READING)).status).toBe(200);
    expect((await askAs('stepped-up', SHARING)).body.code).toBe('edge/key-missing');
  });
});
