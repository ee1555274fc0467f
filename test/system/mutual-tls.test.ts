import { request, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { issue, type Issued } from '../../infra/local/certificates/authority.ts';
import { makeTlsIdentities } from '../../infra/local/certificates/tls-identities.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { describeWith } from '../support/needs.ts';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
/** As OpenSSL words it, or as it looks when the server has hung up before its word was read. */
const NO_CONNECTION = /alert|hang up|ECONNRESET|EPIPE/;
const SOAP = 'application/soap+xml';

interface Calling {
  readonly as?: Issued;
  readonly token?: string;
  readonly route?: readonly [method: string, path: string];
}

interface Said {
  readonly status: number | undefined;
  readonly type: string;
  readonly body: string;
}

/** As a system and nobody else: no keep-alive, for a connection keeps the certificate that it was made with. */
const call = async (options: RequestOptions, body: string): Promise<Said> => {
  const { promise, resolve, reject } = Promise.withResolvers<Said>();
  const asking = request({ ...options, agent: false }, (response) => {
    const type = (response.headers['content-type'] ?? '').split(';')[0] ?? '';
    text(response).then(
      (said) => resolve({ status: response.statusCode, type, body: said }),
      reject,
    );
  });
  asking.on('error', reject).end(body);
  return promise;
};

describeWith(['java'], 'the door of mutual TLS', () => {
  let system: LocalSystem;
  beforeAll(async () => {
    system = await startLocalSystem({ mutualTls: true });
  }, 150_000);
  afterAll(() => system?.close(), 30_000);

  const ask = ({ as, token, route: [method, path] = ['POST', '/v1/xdr'] }: Calling) => {
    const { hostname, port } = new URL(system.systemsUrl ?? '');
    const headers = { 'content-type': SOAP, ...(token && { authorization: `Bearer ${token}` }) };
    const shown = as && { cert: as.certificatePem, key: as.privateKeyPem };
    const ca = system.identities.systems.authority.certificatePem;
    return call({ hostname, port, method, path, headers, ca, ...shown }, '<not-soap/>');
  };

  test('lets the system that the settings name post XDR, without a token', async () => {
    // What it posts is none, and that is what it is told: it has come through.
    const said = await ask({ as: system.identities.systems.client });
    expect(said).toMatchObject({ type: SOAP, body: expect.stringContaining('Fault') });
  });

  test('lets it do nothing else', async () => {
    const said = await ask({ as: system.identities.systems.client, route: ['POST', '/v1/events'] });
    expect(said).toMatchObject({ status: 401, body: '{"message":"Unauthorized"}' });
  });

  test('lets nobody post for a certificate of the same authority that the settings do not name', async () => {
    const { authority } = system.identities.systems;
    const other = await issue(authority, {
      name: 'Example EHR',
      ec: 'P-256',
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: [CLIENT_AUTH],
    });
    expect(await ask({ as: other })).toMatchObject({
      status: 403,
      body: '{"message":"Forbidden"}',
    });
  });

  test('lets no certificate stand in for a token that is none', async () => {
    const said = await ask({ as: system.identities.systems.client, token: 'abc' });
    expect(said).toMatchObject({ status: 403, body: '{"message":"Forbidden"}' });
  });

  test('lets whoever has both be whom the token says', async () => {
    const token = await system.issuer.token({ kind: 'system', scopes: ['event.write'] });
    const said = await ask({ as: system.identities.systems.client, token });
    expect(said.status).toBe(403);
    expect(JSON.parse(said.body)).toMatchObject({ code: 'edge/forbidden' });
  });

  test('gives nobody a connection without a certificate, or with one of another authority', async () => {
    const { client } = await makeTlsIdentities();
    await expect(ask({})).rejects.toThrow(NO_CONNECTION);
    await expect(ask({ as: client })).rejects.toThrow(NO_CONNECTION);
  });

  test('the other door knows no certificate, and without a token nobody', async () => {
    const init = { method: 'POST', body: '<not-soap/>', headers: { 'content-type': SOAP } };
    const said = await fetch(`${system.apiUrl}/v1/xdr`, init);
    expect([said.status, await said.text()]).toEqual([403, '{"message":"Forbidden"}']);
  });
});
