import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { bundles } from '../../../infra/cli/doctor/checks/bundles.ts';
import { clock } from '../../../infra/cli/doctor/checks/clock.ts';
import { hispXdr } from '../../../infra/cli/doctor/checks/hisp-xdr.ts';
import { settings } from '../../../infra/cli/doctor/checks/settings.ts';
import { runChecks } from '../../../infra/cli/doctor/run-checks.ts';
import { s3Anchors } from '../../../shared/adapters/s3-anchors.ts';
import { sha256, type Sha256 } from '../../../shared/ids.ts';
import { bundleSourcesOf } from '../../../shared/trust/bundle/bundle-source.ts';
import { withAwsEnv } from '../../adapters/aws-env.ts';
import { forIp } from '../../adapters/smtp/tls-servers.ts';
import { cachedAuthority, issueQuickly } from '../../support/pki.ts';
import { freePort } from '../../support/servers/free-port.ts';
import { examinedWith, said, type Given } from './examined.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const NOW = new Date('2026-11-22T12:00:00Z');

async function timeServer(date: string | undefined): Promise<string> {
  const server = createServer((_, response) => {
    response.sendDate = false;
    if (date !== undefined) response.setHeader('date', date);
    response.end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(() => new Promise((closed) => server.close(closed)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the clock', () => {
  test.each([
    [-59, 'ok: 59 s'],
    [60, 'ok: 60 s'],
    [61, 'warn: 61 s'],
    [-300, 'warn: 300 s'],
    [301, 'fail: 301 s'],
  ])('%i s off', async (seconds, expected) => {
    const date = new Date(NOW.getTime() + seconds * 1000).toUTCString();
    const given = { deployed: { clock: await timeServer(date) }, now: NOW };
    expect(await said(clock, given)).toEqual([`${expected} from the time that 127.0.0.1 has.`]);
  });

  test('is in doubt when nobody says the time', async () => {
    const mute = { deployed: { clock: await timeServer(undefined) } };
    const gone = { deployed: { clock: `http://127.0.0.1:${await freePort()}` } };
    for (const given of [mute, gone]) {
      expect(await runChecks([clock], examinedWith(given))).toMatchObject([
        { verdict: 'warn', says: 'Nothing says the time at 127.0.0.1.' },
      ]);
    }
  });
});

const lookAtSettings = (given: Given) =>
  said(settings, { relayUrl: 'smtps://relay.example', ...given });

describe('the settings', () => {
  test('are well', async () => {
    expect(await lookAtSettings({})).toEqual([
      'ok: Stage pilot: 1 sender(s), 0 bundle(s), 1 anchor(s), consent texts in order.',
    ]);
  });

  test.each<[string, Given, RegExp]>([
    ['any-valid', { settings: { trust: { policy: 'any-valid' } } }, /^warn: trust\.policy any-valid/], // prettier-ignore
    ['soft-fail for a domain', { settings: { trust: { domains: { 'a.example': { revocation: 'soft-fail' } } } } }, /^warn: trust\.revocation soft-fail/], // prettier-ignore
    ['SES for all', { deployment: { relayUrl: 'ses:' } }, /^warn: Copies go by SES.*MAIL FROM\.$/],
  ])('are weaker with %s', async (_, given, expected) => {
    expect(await lookAtSettings(given)).toContainEqual(expect.stringMatching(expected));
  });

  test('name no relay, which is asked for when deploying', async () => {
    expect(await said(settings, {})).toContain('warn: No relay is named.');
  });
});

async function hisp(): Promise<number> {
  const issuer = await cachedAuthority('Relay Authority');
  const { certificatePem: cert, privateKeyPem: key } = await issueQuickly(issuer, forIp(0, 0, 0, 0)); // prettier-ignore
  const server = createTlsServer({ cert, key });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '0.0.0.0', listening));
  closing.push(() => new Promise((closed) => server.close(closed)));
  return (server.address() as AddressInfo).port;
}

describe('a HISP that takes XDR', () => {
  let authority: string;
  beforeAll(async () => {
    authority = (await cachedAuthority('Relay Authority')).certificatePem;
  });

  test('is reached and believed, and nothing is posted', async () => {
    const relayUrl = `hisp+xdr://0.0.0.0:${await hisp()}/xdr`;
    const lines = await said(hispXdr, { relayUrl, settings: { relay: { authorities: [authority] } } }); // prettier-ignore
    expect(lines).toEqual([
      expect.stringMatching(/^warn: .*the relay secret is not known/),
      expect.stringMatching(/^ok: 0\.0\.0\.0:\d+: TLSv1\.3, the certificate has its name/),
    ]);
  });

  test('is not believed without its authority', async () => {
    const lines = await said(hispXdr, { relayUrl: `hisp+xdr://0.0.0.0:${await hisp()}/xdr` });
    expect(lines[1]).toMatch(/^fail: .*no TLS connection \(UNABLE_TO/);
  });

  test('of this machine is reached in clear, or is not there', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const look = () => said(hispXdr, { relayUrl: `hisp+xdr://127.0.0.1:${port}/xdr` });
    expect((await look())[1]).toMatch(/^ok: .*reached, in clear/);
    await new Promise((closed) => server.close(closed));
    expect((await look())[1]).toMatch(/^fail: .*no connection \(ECONNREFUSED\)/);
  });

  test('is none', async () => {
    expect(await said(hispXdr, { relayUrl: 'ses:' })).toEqual(['ok: No copy goes by XDR.']);
  });
});

const hoursAgo = (hours: number): Date => new Date(NOW.getTime() - hours * 3_600_000);

describe('the bundles', () => {
  let server: FauxqsServer;
  let undo: () => void;
  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false });
    server.createBucket('trust');
    undo = withAwsEnv({ AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${server.port}` });
  });
  afterAll(async () => {
    undo();
    await server.stop();
  });

  const url = 'https://bundles.example/list.p7b';
  const sourceOf = (name: string): Sha256 =>
    bundleSourcesOf(examinedWith({ settings: { bundles: [{ name, url }] } }).config.settings)[0]!
      .id;
  const look = (name: string) =>
    said(bundles, { settings: { bundles: [{ name, url }] }, deployed: { trustBucket: 'trust' }, now: NOW }); // prettier-ignore

  async function keep(name: string, state: object, source = sourceOf(name)): Promise<void> {
    const store = s3Anchors('trust');
    await store.swap(name, { anchors: [Uint8Array.of(48, 0)], digest: sha256('x'), source });
    await store.note(name, { attemptedAt: hoursAgo(1), ...state });
  }

  test('are fresh for two days', async () => {
    await keep('fresh', { succeededAt: hoursAgo(47) });
    await keep('old', { succeededAt: hoursAgo(48) });
    expect(await look('fresh')).toEqual(['ok: fresh: 1 anchor(s), fetched 47 h ago.']);
    expect(await look('old')).toEqual(['fail: old: 1 anchor(s), fetched 48 h ago.']);
  });

  test('are in doubt when the last attempt failed', async () => {
    await keep('shaky', { succeededAt: hoursAgo(20), failure: 'trust/bundle-unreachable' });
    expect(await look('shaky')).toEqual([
      expect.stringMatching(
        /^warn: shaky: .*the last attempt failed \(trust\/bundle-unreachable: /,
      ),
    ]);
  });

  test('fail that were never fetched, or only from elsewhere', async () => {
    await keep('moved', { succeededAt: hoursAgo(1) }, sha256('elsewhere'));
    expect(await look('never')).toEqual(['fail: never was never fetched.']);
    expect(await look('moved')).toEqual(['fail: moved was fetched as the settings had it before.']);
  });

  test('are none, or lie where nobody knows', async () => {
    expect(await said(bundles, {})).toEqual(['ok: The settings name no bundle.']);
    const given = { settings: { bundles: [{ name: 'some', url }] } };
    expect(await runChecks([bundles], examinedWith(given))).toMatchObject([
      { verdict: 'warn', says: 'The bucket of the bundles is not known.' },
    ]);
  });
});
