import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { makeHandler } from '../../lambdas/authorizer/handler.ts';
import { ROUTES } from '../../lambdas/xdr/route.ts';
import { mayCall } from '../../shared/edge/identity/access.ts';
import type { CertifiedClient } from '../../shared/edge/identity/client-certificate.ts';
import { authorized } from '../../shared/edge/identity/handed-over.ts';
import { done, fail } from '../../shared/outcome.ts';
import { identityOf, issuersBeside, SILENT } from '../support/issuers.ts';
import { memoryMetrics } from '../support/memory/metrics.ts';
import { cachedAuthority, cachedKeys, issueQuickly, type Issued } from '../support/pki.ts';

const NOW = new Date('2026-06-01T12:00:00Z');
const BELIEVED = {
  issuers: issuersBeside(),
  revoked: identityOf().revoked,
  metrics: memoryMetrics(),
  log: SILENT,
};
const DENIED = { isAuthorized: false, context: {} };
const fingerprintOf = ({ certificate }: Issued): string =>
  createHash('sha256').update(certificate).digest('hex');

let known: Issued;
let stranger: Issued;
let clients: readonly CertifiedClient[];
beforeAll(async () => {
  const authority = await cachedAuthority();
  const times = { notBefore: new Date('2026-01-01Z'), notAfter: new Date('2026-12-31T00:00:00Z') };
  known = await issueQuickly(authority, { domain: 'ehr.example', ...times });
  stranger = await issueQuickly(authority, {
    domain: 'ehr.example',
    keys: await cachedKeys('stranger'),
    ...times,
  });
  clients = [
    { subject: 'another', certificates: ['0'.repeat(64)] },
    { subject: 'ehr', certificates: ['1'.repeat(64), fingerprintOf(known)] },
  ];
});

interface Asking {
  readonly authorization?: string;
  readonly now?: Date;
  readonly among?: readonly CertifiedClient[];
}

const asked = (pem: string, { authorization, now = NOW, among = clients }: Asking = {}) =>
  makeHandler({
    verify: async (token) =>
      token === 'good'
        ? done({ issuer: 'default', claims: { sub: 'u', patient: 'ana', scope: 'a' } })
        : fail('edge/unauthenticated'),
    ...BELIEVED,
    clients: among,
    now: () => now,
  })({
    ...(authorization !== undefined && { headers: { authorization } }),
    requestContext: {
      authentication: {
        clientCert: { clientCertPem: pem },
      },
    },
  });

describe('a client certificate', () => {
  test('that the settings name stands for its system, which may post XDR and nothing else', async () => {
    const { isAuthorized, context } = await asked(known.certificatePem);
    expect(isAuthorized).toBe(true);
    const principal = authorized(context);
    expect(principal).toEqual({
      ok: true,
      value: { kind: 'system', subject: 'ehr', patients: [], scopes: ['xdr.write'] },
    });
    expect(ROUTES.map((route) => principal.ok && mayCall(principal.value, route).ok)).toEqual(
      ROUTES.map(({ certificate }) => certificate),
    );
  });

  test('of the same authority and name, but not named, is nobody’s', async () => {
    expect(await asked(stranger.certificatePem)).toEqual(DENIED);
  });

  test('of two systems is nobody’s', async () => {
    const among = [...clients, { subject: 'third', certificates: [fingerprintOf(known)] }];
    expect(await asked(known.certificatePem, { among })).toEqual(DENIED);
  });

  test.each([
    ['before its time', new Date('2025-12-31T23:59:59Z')],
    ['after its time', new Date('2026-12-31T00:00:01Z')],
  ])('edge/certificate-expired: %s', async (_, now) => {
    expect(await asked(known.certificatePem, { now })).toEqual({
      isAuthorized: true,
      context: { refusal: 'edge/certificate-expired' },
    });
  });

  test('does until its last second', async () => {
    const now = new Date('2026-12-31T00:00:00Z');
    expect((await asked(known.certificatePem, { now })).context).toHaveProperty('principal');
  });

  test.each([
    ['no text', ''],
    ['no PEM', 'abc'],
    ['no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['a key', '-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n'],
  ])('that is none is nobody’s: %s', async (_, pem) => {
    expect(await asked(pem)).toEqual(DENIED);
  });

  test('in more text than a certificate needs is not looked at', async () => {
    const padded = `${known.certificatePem}${'\n'.repeat(16 * 1024)}`;
    expect(await asked(padded)).toEqual(DENIED);
  });

  test.each(['Bearer bad', 'Basic abc', ''])(
    'does not mend a header that is none: %j',
    async (authorization) => {
      expect(await asked(known.certificatePem, { authorization })).toEqual(DENIED);
    },
  );

  test('stands back behind a token', async () => {
    const { context } = await asked(known.certificatePem, { authorization: 'Bearer good' });
    expect(authorized(context)).toMatchObject({ value: { kind: 'patient', subject: 'u' } });
  });
});

test('who shows neither is denied', async () => {
  const handler = makeHandler({
    verify: async () => done({ issuer: 'default', claims: { sub: 'u', patient: 'ana' } }),
    ...BELIEVED,
    clients,
    now: () => NOW,
  });
  for (const event of [
    {},
    { headers: {} },
    { requestContext: {} },
    { requestContext: { authentication: null } },
  ]) {
    expect(await handler(event)).toEqual(DENIED);
  }
});
