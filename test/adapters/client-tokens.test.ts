import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { clientTokens } from '../../shared/adapters/fhir/client-tokens.ts';
import type { Credential } from '../../shared/adapters/relay-secret.ts';
import { fail } from '../../shared/outcome.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import { startFhirServer, type FhirTestServer } from '../support/servers/fhir-server.ts';
import { forIp } from './smtp/tls-servers.ts';

let tls: { key: string; cert: string };
let authority: string;
beforeAll(async () => {
  const by = await cachedAuthority('Web Authority');
  const { certificatePem, privateKeyPem } = await issueQuickly(by, forIp(127, 0, 0, 1));
  tls = { key: privateKeyPem, cert: certificatePem };
  authority = by.certificatePem;
});

let server: FhirTestServer;
beforeEach(async () => {
  server = await startFhirServer(tls, { clientId: 'transmit', clientSecret: 'a secret' });
});
afterEach(() => server.close());

function tokensBy(clientSecret: string, host = new URL(server.tokenUrl).host) {
  const credential: Credential = { host, clientId: 'transmit', clientSecret };
  const options = {
    tokenUrl: server.tokenUrl,
    scope: 'system/Endpoint.rs',
    authorities: [authority],
  };
  return clientTokens(options, async (asked) => (asked === host ? [credential] : []));
}

test('a token of the directory is fetched once while it lasts', async () => {
  const token = tokensBy('a secret');
  const [one, again] = [await token(), await token()];
  expect(one).toMatchObject({ ok: true });
  expect(again).toEqual(one);
  expect(server.tokens()).toBe(1);
});

test('discover/places-unreachable: another secret, none for this host, nobody there', async () => {
  expect(await tokensBy('wrong')()).toEqual(fail('discover/places-unreachable', 'TOKEN 401'));
  expect(await tokensBy('a secret', 'other.example')()).toEqual(
    fail('discover/places-unreachable', 'NO CREDENTIALS'),
  );
  await server.close();
  expect(await tokensBy('a secret')()).toMatchObject({
    failure: { code: 'discover/places-unreachable', detail: 'TOKEN ECONNREFUSED' },
  });
});
