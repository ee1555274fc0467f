import { afterEach, describe, expect, test } from '@jest/globals';
import { httpFetch } from '../../shared/adapters/http-fetch.ts';
import type { Fetched } from '../../shared/discover/fetch.ts';
import { fakeDns } from '../support/fake-dns.ts';
import { leading } from '../support/leading-names.ts';
import { cachedAuthority, issueQuickly, type IssueOptions } from '../support/pki.ts';
import { httpServer } from './http-fetch-servers.ts';

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const HOST = 'crl.example.org';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A server with a certificate, and a name server that leads every name to this machine. */
async function serve(certificate: IssueOptions, location?: string) {
  const authority = await cachedAuthority('Web Authority');
  const { certificatePem, privateKeyPem } = await issueQuickly(authority, {
    name: 'web',
    extendedKeyUsage: [SERVER_AUTH],
    ...certificate,
  });
  const told: (string | false | undefined)[] = [];
  const server = await httpServer(
    (_, response) => {
      if (location === undefined) response.end('x');
      else response.writeHead(302, { location }).end();
    },
    {
      key: privateKeyPem,
      cert: certificatePem,
      SNICallback: (name, use) => {
        told.push(name);
        use(null);
      },
    },
  );
  const dns = await fakeDns({ udp: leading({ A: () => ['127.0.0.1'] }) });
  closing.push(
    () => server.close(),
    () => dns.close(),
  );
  const fetch = httpFetch({
    loopback: true,
    resolvers: dns.address,
    authorities: [authority.certificatePem],
  });
  const ask = (host: string, maxRedirects = 0): Promise<Fetched> =>
    fetch({
      url: `https://${host}:${server.port}/`,
      maxBytes: 100,
      maxRedirects,
      within: AbortSignal.timeout(10_000),
    });
  return { ask, told, resolvers: dns.address, url: `https://${HOST}:${server.port}/` };
}

const FETCHED: Fetched = { kind: 'fetched', bytes: Uint8Array.of(0x78) };
const UNREACHABLE: Fetched = { kind: 'failed', fault: 'unreachable' };

describe('https', () => {
  test('is spoken with a server that proves its name, which it is told', async () => {
    const { ask, told } = await serve({ domain: HOST });
    await expect(ask(HOST)).resolves.toEqual(FETCHED);
    await expect(ask(`${HOST}.`)).resolves.toEqual(FETCHED);
    expect(told).toEqual([HOST, HOST]);
  });

  test('an address proves itself as an address', async () => {
    const san = { oid: '2.5.29.17', value: Uint8Array.of(0x30, 6, 0x87, 4, 127, 0, 0, 1) };
    const { ask, told } = await serve({ san: [], extraExtensions: [san] });
    await expect(ask('127.0.0.1')).resolves.toEqual(FETCHED);
    await expect(ask(HOST)).resolves.toEqual(UNREACHABLE);
    expect(told).toEqual([HOST]);
  });

  test.each<[string, IssueOptions]>([
    ['another name', { domain: 'other.example.org' }],
    ['the name of the parent', { domain: 'example.org' }],
    ['a time that is over', { domain: HOST, notAfter: new Date('2020-01-01T00:00:00Z') }],
    ['another use', { domain: HOST, extendedKeyUsage: ['1.3.6.1.5.5.7.3.4'] }],
  ])('is not spoken with a server whose certificate is for %s', async (_, certificate) => {
    const { ask } = await serve(certificate);
    await expect(ask(HOST)).resolves.toEqual(UNREACHABLE);
  });

  test('is not spoken with a server of an authority that nobody knows', async () => {
    const { url, resolvers } = await serve({ domain: HOST });
    const fetch = httpFetch({ loopback: true, resolvers });
    const request = { url, maxBytes: 100, within: AbortSignal.timeout(10_000) };
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      await expect(fetch(request)).resolves.toEqual(UNREACHABLE);
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  test('never leads to http', async () => {
    const open = await httpServer((_, response) => response.end('x'));
    closing.push(open.close);
    const { ask } = await serve({ domain: HOST }, open.url);
    await expect(ask(HOST, 3)).resolves.toEqual({ kind: 'failed', fault: 'blocked' });
    expect(open.connections()).toBe(0);
  });
});
