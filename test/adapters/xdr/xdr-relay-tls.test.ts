import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:tls';
import type { Credential } from '../../../shared/adapters/relay-secret.ts';
import { xdrRelay } from '../../../shared/adapters/xdr/xdr-relay.ts';
import { cachedAuthority, issueQuickly, type IssueOptions } from '../../support/pki.ts';
import { copyTo } from './copy.ts';
import { envelopeOf, says, startXdr, type Answering } from './xdr-servers.ts';

/** Reaches this machine and is, by its text, no loopback address: so it is treated like any host of the world. */
const ANY_HOST = '0.0.0.0';

const forIp = (...octets: number[]): IssueOptions => ({
  name: 'hisp',
  san: [],
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
  extraExtensions: [{ oid: '2.5.29.17', value: Uint8Array.of(0x30, 6, 0x87, 4, ...octets) }],
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const CLIENT: IssueOptions = { name: 'holder', san: [], extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] };

async function hisp({
  answering = says(),
  certificate = forIp(0, 0, 0, 0),
  asksForOurs = false,
}: {
  readonly answering?: Answering;
  readonly certificate?: IssueOptions;
  readonly asksForOurs?: boolean;
} = {}) {
  const authority = await cachedAuthority('HISP Authority');
  const { certificatePem: cert, privateKeyPem: key } = await issueQuickly(authority, certificate);
  const ca = authority.certificatePem;
  const mutual = asksForOurs && { ca, requestCert: true, rejectUnauthorized: true };
  const server = await startXdr(answering, { cert, key, ...mutual });
  closing.push(server.close);
  const submit = (credentials: readonly object[], authorities: readonly string[] = [ca]) => {
    const host = `${ANY_HOST}:${server.port}`;
    const shown = credentials.map((each) => ({ host, ...each }) as Credential);
    const known = async (asked: string) => (asked === host ? shown : []);
    const relay = xdrRelay(`hisp+xdr://${host}/xdr`, { credentials: known, authorities });
    return relay.submit(copyTo());
  };
  return { server, submit, authority };
}

const ours = async (authority: Awaited<ReturnType<typeof hisp>>['authority']) => {
  const { certificatePem, privateKeyPem } = await issueQuickly(authority, CLIENT);
  return { certificate: certificatePem, privateKey: privateKeyPem };
};

const PASSWORD = { user: 'us@er', password: 'p:ss' };
const showing = async (host: string) => [{ host, ...PASSWORD }];
const refused = (code: string) => ({ ok: false, failure: { code } });

describe('the XDR relay, towards a HISP of the world', () => {
  test('shows a name with its password, inside of TLS', async () => {
    const { server, submit } = await hisp();
    expect(await submit([PASSWORD])).toMatchObject({ ok: true });
    const basic = Buffer.from('us@er:p:ss').toString('base64');
    expect(server.heard[0]?.request.headers.authorization).toBe(`Basic ${basic}`);
    expect(envelopeOf(server.heard[0]!)).toEqual({ ...copyTo(), bytes: expect.anything() });
  });

  test('shows a token', async () => {
    const { server, submit } = await hisp();
    expect(await submit([{ user: 'u', accessToken: 'abc' }])).toMatchObject({ ok: true });
    expect(server.heard[0]?.request.headers.authorization).toBe('Bearer abc');
  });

  test('shows a certificate, and a password beside it', async () => {
    const { server, submit, authority } = await hisp({ asksForOurs: true });
    const certificate = await ours(authority);
    expect(await submit([certificate, PASSWORD])).toMatchObject({ ok: true });
    expect(server.heard[0]?.fingerprint).toMatch(/^[0-9A-F]{2}(?::[0-9A-F]{2}){31}$/);
    expect(server.heard[0]?.request.headers.authorization).toMatch(/^Basic /);
  });

  test('deliver/not-authorized: nobody is asked without credentials', async () => {
    const { server, submit } = await hisp();
    expect(await submit([])).toEqual({
      ok: false,
      failure: { code: 'deliver/not-authorized', detail: 'no credentials' },
    });
    expect(server.heard).toEqual([]);
  });

  test('deliver/not-authorized: a HISP that wants a certificate and is shown none', async () => {
    const { server, submit } = await hisp({ asksForOurs: true });
    expect(await submit([PASSWORD])).toMatchObject(refused('deliver/not-authorized'));
    expect(server.heard).toEqual([]);
  });

  test('deliver/unreachable: or one of somebody else', async () => {
    const { server, submit } = await hisp({ asksForOurs: true });
    const another = await ours(await cachedAuthority('Another Authority'));
    // Some servers say why, and some hang up.
    const code = expect.stringMatching(/^deliver\/(?:not-authorized|unreachable)$/);
    expect(await submit([another])).toMatchObject({ ok: false, failure: { code } });
    expect(server.heard).toEqual([]);
  });

  test.each([
    ['by nobody whom we believe', {}, []],
    ['for another host', { certificate: forIp(10, 0, 0, 1) }, undefined],
  ] as const)(
    'deliver/unreachable: its certificate is %s, and it is shown nothing',
    async (_, options, authorities) => {
      const { server, submit } = await hisp(options);
      expect(await submit([PASSWORD], authorities)).toMatchObject(refused('deliver/unreachable'));
      expect(server.heard).toEqual([]);
    },
  );

  test('deliver/unreachable: it does not finish TLS', async () => {
    const authority = await cachedAuthority('HISP Authority');
    const server = createServer({}, () => undefined);
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((ready) => server.listen(0, ANY_HOST, ready));
    closing.push(() => new Promise((closed) => server.close(() => closed())));
    const { port } = server.address() as { port: number };
    const authorities = [authority.certificatePem];
    const relay = xdrRelay(`hisp+xdr://${ANY_HOST}:${port}/`, {
      credentials: showing,
      authorities,
    });
    // The alert of a handshake is no word about our certificate.
    expect(await relay.submit(copyTo())).toMatchObject(refused('deliver/unreachable'));
  });
});
