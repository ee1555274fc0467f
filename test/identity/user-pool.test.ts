import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { startIssuer } from '../../infra/local/world/issuer.ts';
import type { TokenRequest } from '../../infra/local/world/token-request.ts';
import { poolClaimsOf, type UserPool } from '../../infra/local/world/user-pool.ts';
import { makeHandler as makeAuthorizer } from '../../lambdas/authorizer/handler.ts';
import { makeHandler as makeNamer } from '../../lambdas/name-caller/handler.ts';
import { ROUTES } from '../../lambdas/routes.ts';
import { tokenVerifier } from '../../shared/adapters/tokens/token-verifier.ts';
import type { TokenAsked } from '../../shared/edge/identity/name-caller.ts';
import { KINDS, type Kind } from '../../shared/kinds.ts';
import { issuersOf } from '../../shared/settings-identity.ts';
import { withUserPool } from '../../shared/settings-user-pool.ts';
import { type HttpWorld, httpWorld } from '../lambdas/http-world.ts';
import { PERSON, register } from '../lambdas/steps.ts';
import { identityOf, SILENT } from '../support/issuers.ts';
import {
  signingKeys,
  type SigningKeys,
  startTokenIssuer,
  type TokenIssuer,
} from '../support/token-issuer.ts';

const scopesOf = (kind: Kind): readonly string[] => [
  ...new Set(
    ROUTES.filter(({ kinds }) => (kinds as readonly string[]).includes(kind)).flatMap(
      ({ scopes }) => [...scopes],
    ),
  ),
];
const PEOPLE = KINDS.filter((kind) => kind !== 'system');
const prefixed = (scopes: readonly string[]) => scopes.map((scope) => `transmit/${scope}`);

/** As the template makes it (test/infra/sign-in.test.ts), with the function that it has. */
const named = makeNamer({
  scopes: Object.fromEntries(KINDS.map((kind) => [kind, scopesOf(kind)])),
  log: SILENT,
});
const POOL: UserPool = {
  clients: [
    {
      id: 'portal',
      isSystem: false,
      scopes: ['openid', ...prefixed([...new Set(PEOPLE.flatMap(scopesOf))])],
    },
    { id: 'ehr', isSystem: true, scopes: prefixed(scopesOf('system')) },
  ],
  name: (event) => named(event as TokenAsked),
};

let keys: SigningKeys;
let issuer: TokenIssuer;
let world: HttpWorld;
let authorizer: ReturnType<typeof makeAuthorizer>;

beforeAll(async () => {
  keys = await signingKeys('RS256');
  issuer = await startTokenIssuer(keys);
  world = await httpWorld();
  await register(world);
  const identity = withUserPool(identityOf());
  const issuers = issuersOf(identity, { url: issuer.url, audience: 'portal ehr' });
  authorizer = makeAuthorizer({
    verify: tokenVerifier(issuers, now),
    issuers,
    revoked: identity.revoked,
    clients: [],
    now,
    log: SILENT,
    metrics: world.ports.metrics,
  });
});
afterAll(() => issuer.close());

const now = () => new Date();

/** What a pool of this sort signs, but for what differs. */
async function tokenFor(request: TokenRequest, differing: object = {}) {
  const second = Math.floor(Date.now() / 1000);
  const claims = await poolClaimsOf(request, POOL);
  const times = { iss: issuer.url, iat: second, exp: second + 900 };
  return keys.sign({ ...claims, ...times, ...differing }, { typ: undefined });
}

async function ask(route: string, token: string, json?: object) {
  const answer = await authorizer({ headers: { authorization: `Bearer ${token}` } });
  if (!answer.isAuthorized) return { status: 403, body: 'gateway' };
  return world.ask(route, { context: answer.context, ...(json === undefined ? {} : { json }) });
}

const OWN = 'GET /v1/patients/ana/transmit-requests';

describe('a token of the user pool', () => {
  test.each(['patient', 'representative', 'provider'] as const)(
    'lets a %s see who gets copies',
    async (kind) => {
      expect((await ask(OWN, await tokenFor({ kind, patient: 'ana' }))).status).toBe(200);
    },
  );

  test('lets a provider act for anybody whom nobody bound him to', async () => {
    expect((await ask(OWN, await tokenFor({ kind: 'provider' }))).status).toBe(200);
  });

  test('lets a system register a patient, under the name of its client', async () => {
    const token = await tokenFor({ kind: 'system' });
    expect(decodeJwt(token)).toMatchObject({ sub: 'ehr', client_id: 'ehr' });
    expect((await ask('PUT /v1/patients/ben', token, PERSON)).status).toBe(201);
  });

  test('lets an operator look after webhooks', async () => {
    expect((await ask('GET /v1/webhooks', await tokenFor({ kind: 'admin' }))).status).toBe(200);
  });

  test('says by what authority a representative acts, and until when', async () => {
    const authority = { relationship: 'parent', until: '2030-01-01' };
    const token = await tokenFor({ kind: 'representative', patient: 'ana', authority });
    const { context } = await authorizer({ headers: { authorization: `Bearer ${token}` } });
    expect(JSON.parse(context.principal ?? '')).toMatchObject({
      kind: 'representative',
      patients: ['ana'],
      authority: { relationship: 'parent', until: '2030-01-01T00:00:00.000Z' },
    });
  });
});

describe('refused is', () => {
  test('a patient who asks for another', async () => {
    const { status, body } = await ask(OWN, await tokenFor({ kind: 'patient', patient: 'ben' }));
    expect([status, body.code]).toEqual([403, 'edge/forbidden']);
  });

  test('a token without the scope', async () => {
    const token = await tokenFor({ kind: 'patient', patient: 'ana', scopes: ['consent.read'] });
    expect((await ask(OWN, token)).body.code).toBe('edge/forbidden');
  });

  test('a token with a scope that its kind has not, which the function takes away', async () => {
    const token = await tokenFor({
      kind: 'patient',
      patient: 'ana',
      scopes: ['request.read', 'operate.write', 'webhook.write'],
    });
    expect(decodeJwt(token)['scope']).toBe('openid transmit/request.read');
    expect((await ask('GET /v1/webhooks', token)).body.code).toBe('edge/forbidden');
  });

  test.each([
    ['whom the function did not name', { kind: undefined, patient: undefined }],
    ['who names himself a kind that there is not', { kind: 'doctor' }],
    ['who is a patient and none', { patient: undefined }],
    ['who is two patients', { patient: 'ana ben' }],
    ['who is a system for one patient', { kind: 'system' }],
  ])('a bearer %s', async (_, differing) => {
    const token = await tokenFor({ kind: 'patient', patient: 'ana' }, differing);
    expect((await ask(OWN, token)).body.code).toBe('edge/forbidden');
  });

  test.each([
    ['of a client that is none of ours', { client_id: 'stranger' }],
    ['that is for no client', { client_id: undefined, aud: 'portal' }],
    ['that says who somebody is, not what he may', { token_use: 'id', aud: 'portal' }],
    ['that is of another pool', { iss: 'https://cognito-idp.us-east-1.amazonaws.com/x' }],
  ])('by the gateway, a token %s', async (_, differing) => {
    const token = await tokenFor({ kind: 'patient', patient: 'ana' }, differing);
    expect((await ask(OWN, token)).body).toBe('gateway');
  });

  test('by the pool, a system that has no client', async () => {
    const asked = tokenFor({ kind: 'system', subject: 'stranger' });
    await expect(asked).rejects.toThrow(/no client for stranger/);
  });
});

test('the issuer on a laptop writes them so where the template has a user pool', async () => {
  const local = await startIssuer();
  local.standFor(POOL);
  const token = await local.token({ kind: 'patient', patient: 'ana' });
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', kid: 'local' });
  expect(decodeJwt(token)).toMatchObject({
    token_use: 'access',
    client_id: 'portal',
    'cognito:groups': ['patient'],
    kind: 'patient',
    patient: 'ana',
  });
  expect(decodeJwt(token)).not.toHaveProperty('aud');
  await local.close();
});
