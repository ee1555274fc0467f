import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Issuer, startIssuer } from '../../../infra/local/world/issuer.ts';
import { makeHandler } from '../../../lambdas/authorizer/handler.ts';
import { tokenVerifier } from '../../../shared/adapters/tokens/token-verifier.ts';
import { identityOf, issuersBeside } from '../../support/issuers.ts';
import { type HttpWorld, httpWorld } from '../http-world.ts';
import { expectRefused } from '../refused.ts';
import { PERSON, register } from '../steps.ts';

let issuer: Issuer;
let world: HttpWorld;
let authorizer: ReturnType<typeof makeHandler>;

beforeAll(async () => {
  issuer = await startIssuer();
  const now = () => new Date();
  const issuers = issuersBeside(issuer);
  authorizer = makeHandler({
    verify: tokenVerifier(issuers, now),
    issuers,
    revoked: identityOf().revoked,
    clients: [],
    now,
  });
  world = await httpWorld();
});
afterAll(() => issuer.close());

/** As API Gateway does it: the authorizer first, and its context to the function behind. */
async function ask(route: string, token: string, json?: object) {
  const answer = await authorizer({ headers: { authorization: `Bearer ${token}` } });
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
