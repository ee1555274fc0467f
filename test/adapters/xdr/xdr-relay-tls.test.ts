import { afterEach, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:tls';
import type { Credential } from '../../../shared/adapters/relay-secret.ts';
import { xdrRelay } from '../../../shared/adapters/xdr/xdr-relay.ts';
import { ANY_HOST, clientBy, serverAt } from '../../support/any-host.ts';
import { copyTo } from './copy.ts';
import { envelopeOf, says, startXdr, type Answering } from './xdr-servers.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function hisp({
  answering = says(),
  host = ANY_HOST,
  asksForOurs = false,
}: {
  readonly answering?: Answering;
  /** That its certificate is for. */
  readonly host?: string;
  readonly asksForOurs?: boolean;
} = {}) {
  const { ca, ...identity } = await serverAt(host);
  const mutual = asksForOurs && { ca, requestCert: true, rejectUnauthorized: true };
  const server = await startXdr(answering, { ...identity, ...mutual });
  closing.push(server.close);
  const submit = (credentials: readonly object[], authorities: readonly string[] = [ca]) => {
    const at = `${ANY_HOST}:${server.port}`;
    const shown = credentials.map((each) => ({ host: at, ...each }) as Credential);
    const known = async (asked: string) => (asked === at ? shown : []);
    const relay = xdrRelay(`hisp+xdr://${at}/xdr`, { credentials: known, authorities });
    return relay.submit(copyTo());
  };
  return { server, submit };
}

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
    const { server, submit } = await hisp({ asksForOurs: true });
    const certificate = await clientBy();
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
    const another = await clientBy('Another Authority');
    // Some servers say why, and some hang up.
    const code = expect.stringMatching(/^deliver\/(?:not-authorized|unreachable)$/);
    expect(await submit([another])).toMatchObject({ ok: false, failure: { code } });
    expect(server.heard).toEqual([]);
  });

  test.each([
    ['by nobody whom we believe', {}, []],
    ['for another host', { host: '10.0.0.1' }, undefined],
  ] as const)(
    'deliver/unreachable: its certificate is %s, and it is shown nothing',
    async (_, options, authorities) => {
      const { server, submit } = await hisp(options);
      expect(await submit([PASSWORD], authorities)).toMatchObject(refused('deliver/unreachable'));
      expect(server.heard).toEqual([]);
    },
  );

  test('deliver/unreachable: it does not finish TLS', async () => {
    const server = createServer({}, () => undefined);
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((ready) => server.listen(0, ANY_HOST, ready));
    closing.push(() => new Promise((closed) => server.close(() => closed())));
    const { port } = server.address() as { port: number };
    const authorities = [(await serverAt()).ca];
    const relay = xdrRelay(`hisp+xdr://${ANY_HOST}:${port}/`, {
      credentials: showing,
      authorities,
    });
    // The alert of a handshake is no word about our certificate.
    expect(await relay.submit(copyTo())).toMatchObject(refused('deliver/unreachable'));
  });
});
