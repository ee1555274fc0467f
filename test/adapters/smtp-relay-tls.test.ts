import { afterEach, describe, expect, test } from '@jest/globals';
import type { SMTPServerOptions } from 'smtp-server';
import type { CredentialsFor } from '../../shared/adapters/relay-secret.ts';
import { smtpRelay } from '../../shared/adapters/smtp-relay.ts';
import { ENVELOPE } from '../contracts/relay.ts';
import { cachedAuthority, issueQuickly, type IssueOptions } from '../support/pki.ts';
import { startScripted, startServer, type TestServer } from './smtp-relay-servers.ts';

/** Reaches this machine and is, by its text, no loopback address: so it is treated like any host of the world. */
const ANY_HOST = '0.0.0.0';

const credentials: CredentialsFor = async (host) => [{ host, user: 'us@er', password: 'p:ss' }];

/** A subjectAltName that is the IP address: [7], four octets. */
const forIp = (...octets: number[]): IssueOptions => ({
  name: 'relay',
  san: [],
  extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
  extraExtensions: [{ oid: '2.5.29.17', value: Uint8Array.of(0x30, 6, 0x87, 4, ...octets) }],
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function tlsServer(options: SMTPServerOptions, certificate = forIp(0, 0, 0, 0)) {
  const authority = await cachedAuthority('Relay Authority');
  const { certificatePem, privateKeyPem } = await issueQuickly(authority, certificate);
  const server = await startServer({ key: privateKeyPem, cert: certificatePem, ...options });
  closing.push(server.close);
  return { server, authorities: [authority.certificatePem] };
}

const opened = <T extends TestServer>(server: T): T => {
  closing.push(server.close);
  return server;
};

const unreachable = (detail: string) =>
  ({ ok: false, failure: { code: 'deliver/unreachable', detail } }) as const;

describe('the SMTP relay, towards a host that is not this one', () => {
  test('encrypts by STARTTLS, then logs in, then sends', async () => {
    const seen: unknown[] = [];
    const { server, authorities } = await tlsServer({
      onAuth: ({ username, password }, { secure }, answer) => {
        seen.push(username, password, secure);
        answer(null, { user: username });
      },
    });
    const relay = smtpRelay(`smtp://${ANY_HOST}:${server.port}`, { authorities, credentials });

    expect(await relay.submit(ENVELOPE)).toMatchObject({ ok: true });
    expect(seen).toEqual(['us@er', 'p:ss', true]);
    expect(Buffer.from(server.taken[0]?.bytes ?? [])).toEqual(ENVELOPE.bytes);
  });

  test('deliver/unreachable: no STARTTLS, so that nothing is said in clear', async () => {
    const server = opened(await startScripted({}));
    const relay = smtpRelay(`smtp://${ANY_HOST}:${server.port}`, { credentials });

    expect(await relay.submit(ENVELOPE)).toEqual(unreachable('SMTP 502'));
    expect(server.heard()).not.toMatch(/AUTH|MAIL|RCPT|DATA/);
  });

  test('deliver/unreachable: a certificate of an unknown authority', async () => {
    const { server } = await tlsServer({});
    const relay = smtpRelay(`smtp://${ANY_HOST}:${server.port}`);
    expect(await relay.submit(ENVELOPE)).toEqual(unreachable('UNABLE_TO_VERIFY_LEAF_SIGNATURE'));
    expect(server.taken).toEqual([]);
  });

  test('deliver/unreachable: a certificate of another host', async () => {
    const { server, authorities } = await tlsServer({}, forIp(192, 0, 2, 1));
    const relay = smtpRelay(`smtp://${ANY_HOST}:${server.port}`, { authorities });
    expect(await relay.submit(ENVELOPE)).toEqual(unreachable('ERR_TLS_CERT_ALTNAME_INVALID'));
    expect(server.taken).toEqual([]);
  });

  test('deliver/unreachable: an expired certificate', async () => {
    const { server, authorities } = await tlsServer(
      {},
      {
        ...forIp(0, 0, 0, 0),
        notAfter: new Date(Date.now() - 1000),
      },
    );
    const relay = smtpRelay(`smtp://${ANY_HOST}:${server.port}`, { authorities });
    expect(await relay.submit(ENVELOPE)).toEqual(unreachable('CERT_HAS_EXPIRED'));
  });
});

describe('the SMTP relay over smtps', () => {
  test('speaks TLS from the first byte', async () => {
    const { server, authorities } = await tlsServer({ secure: true }, forIp(127, 0, 0, 1));
    const relay = smtpRelay(`smtps://127.0.0.1:${server.port}`, { authorities });
    expect(await relay.submit(ENVELOPE)).toMatchObject({ ok: true });
    expect(server.taken).toHaveLength(1);
  });

  test('deliver/unreachable: an unknown authority, even on this host', async () => {
    const { server } = await tlsServer({ secure: true }, forIp(127, 0, 0, 1));
    const relay = smtpRelay(`smtps://127.0.0.1:${server.port}`);
    expect(await relay.submit(ENVELOPE)).toEqual(unreachable('UNABLE_TO_VERIFY_LEAF_SIGNATURE'));
  });
});
