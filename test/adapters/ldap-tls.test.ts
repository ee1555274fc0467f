import { afterEach, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { ldapClient } from '../../shared/adapters/ldap.ts';
import { done, fail, type Outcome } from '../../shared/outcome.ts';
import { fakeLdap, honestly } from '../support/fake-ldap.ts';
import { cachedAuthority, issueQuickly, type IssueOptions } from '../support/pki.ts';

const SERVER_AUTHENTICATION = '1.3.6.1.5.5.7.3.1';
const CONTEXTS = ['ou=one'];

const servers: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Asks a server that speaks TLS, under the name `localhost`. */
async function ask(
  certificate: IssueOptions,
  trusting: 'its authority' | 'nobody else',
): Promise<Outcome<readonly string[]>> {
  const authority = await cachedAuthority();
  const { certificatePem, privateKeyPem } = await issueQuickly(authority, {
    extendedKeyUsage: [SERVER_AUTHENTICATION],
    ...certificate,
  });
  const tls = { cert: certificatePem, key: privateKeyPem };
  const server = await fakeLdap(honestly({ contexts: CONTEXTS, entries: [] }), { tls });
  servers.push(server);
  const authorities = trusting === 'its authority' ? [authority.certificatePem] : [];
  const ldap = ldapClient({ loopback: true, tlsPort: server.port, authorities });
  const place = { target: 'localhost', port: server.port };
  const opened = await ldap.open(place, AbortSignal.timeout(10_000));
  if (!opened.ok) return opened;
  const contexts = await opened.value.namingContexts();
  await opened.value.close();
  return contexts;
}

describe('LDAP over TLS', () => {
  test('is read when the certificate of the server names the target', async () => {
    expect(await ask({ domain: 'localhost' }, 'its authority')).toEqual(done(CONTEXTS));
  });

  test.each([
    ['it names another host', { domain: 'elsewhere.example' }, 'its authority'],
    ['nobody believes its authority', { domain: 'localhost' }, 'nobody else'],
    ['it has expired', { domain: 'localhost', notAfter: new Date(0) }, 'its authority'],
  ] as const)('discover/ldap-malformed: %s', async (_, certificate, trusting) => {
    const notBefore = new Date('1960-01-01T00:00:00Z');
    expect(await ask({ notBefore, ...certificate }, trusting)).toEqual(
      fail('discover/ldap-malformed'),
    );
  });

  test('discover/ldap-unreachable: the handshake never ends', async () => {
    const silent = createServer((socket) => void socket.resume()).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    servers.push({ close: () => new Promise((resolve) => silent.close(resolve)) });
    const { port } = silent.address() as { port: number };
    const ldap = ldapClient({ loopback: true, tlsPort: port, connectTimeoutMs: 200 });
    const within = AbortSignal.timeout(10_000);
    await expect(ldap.open({ target: 'localhost', port }, within)).resolves.toEqual(
      fail('discover/ldap-unreachable'),
    );
  });
});
