import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { SMTPServerOptions } from 'smtp-server';
import { relay } from '../../../infra/cli/doctor/checks/relay.ts';
import {
  startSecretsEndpoint,
  type SecretsEndpoint,
} from '../../../infra/local/engines/secrets-endpoint.ts';
import { withAwsEnv } from '../../adapters/aws-env.ts';
import { forIp } from '../../adapters/smtp/tls-servers.ts';
import { startScripted, startServer, type Script } from '../../adapters/smtp-relay-servers.ts';
import { freePort } from '../../support/servers/free-port.ts';
import { cachedAuthority, issueQuickly, type IssueOptions } from '../../support/pki.ts';
import { said, type Given } from './examined.ts';

const ANY_HOST = '0.0.0.0';
const DAY_MS = 86_400_000;

let authority: string;
beforeAll(async () => {
  authority = (await cachedAuthority('Relay Authority')).certificatePem;
});

const closing: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function tls(options: IssueOptions = {}): Promise<{ key: string; cert: string }> {
  const issuer = await cachedAuthority('Relay Authority');
  const issued = await issueQuickly(issuer, { ...forIp(0, 0, 0, 0), ...options });
  return { key: issued.privateKeyPem, cert: issued.certificatePem };
}

/** A real server; on this machine by its name of digits, or as if it were another. */
async function server(options: SMTPServerOptions = {}): Promise<number> {
  const { port, close } = await startServer(options);
  closing.push(close);
  return port;
}

async function scripted(script: Script): Promise<number> {
  const { port, close } = await startScripted(script);
  closing.push(close);
  return port;
}

const look = (relayUrl: string, given: Given = {}) => said(relay, { relayUrl, ...given });
/** Over TLS, as to another machine. */
const lookFrom = (port: number, given: Given = {}) =>
  look(`smtps://${ANY_HOST}:${port}`, { settings: { relay: { authorities: [authority] } }, ...given }); // prettier-ignore

/** The relay secret, as Secrets Manager gives it. */
async function secretWith(credentials: readonly object[] | string): Promise<Given['deployed']> {
  const name = `relay-${closing.length}-${performance.now()}`;
  const text = typeof credentials === 'string' ? credentials : JSON.stringify({ credentials });
  const secrets: SecretsEndpoint = await startSecretsEndpoint({ secrets: { [name]: text } });
  const undo = withAwsEnv({ AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.endpoint });
  closing.push(secrets.close, undo);
  return { relaySecret: name };
}

const login = (accepted: boolean): SMTPServerOptions => ({
  authOptional: false,
  onAuth: ({ username, password }, _, answer) =>
    accepted && username === 'us' && password === 'pw'
      ? answer(null, { user: 'us' })
      : answer(new Error('no')),
});

describe('a relay', () => {
  test('on this machine is reached in clear, and takes our senders', async () => {
    const port = await server({ size: 40_000_000 });
    expect(await look(`smtp://127.0.0.1:${port}`, { deployed: await secretWith([]) })).toEqual([
      `ok: 127.0.0.1:${port}: reached, in clear inside this machine.`,
      `ok: 127.0.0.1:${port}: it takes 40000000 bytes.`,
      `ok: 127.0.0.1:${port}: MAIL FROM records@holder.example is taken.`,
    ]);
  });

  test('over TLS is let in with what the relay secret has', async () => {
    const port = await server({ secure: true, ...(await tls()), ...login(true) });
    const host = `${ANY_HOST}:${port}`;
    const deployed = await secretWith([{ host, user: 'us', password: 'pw' }]);
    expect(await lookFrom(port, { deployed })).toEqual([
      expect.stringMatching(`^ok: ${host}: TLSv1.3, the certificate has its name and \\d+ day`),
      `ok: ${host}: it lets us in.`,
      `ok: ${host}: it announces no limit of size.`,
      `ok: ${host}: MAIL FROM records@holder.example is taken.`,
    ]);
  });

  test('is asked for STARTTLS, and believed only with it', async () => {
    const port = await server({ ...(await tls()) });
    const url = `smtp://${ANY_HOST}:${port}`;
    const settings = { relay: { authorities: [authority] } };
    const lines = await look(url, { settings, deployed: await secretWith([]) });
    expect(lines[0]).toMatch(/^ok: .* TLSv1\.3/);
    expect(lines[1]).toMatch(/^warn: .*nothing is shown to it/);
    const bare = await scripted({});
    expect(await look(`smtp://${ANY_HOST}:${bare}`, { deployed: await secretWith([]) })).toEqual([
      expect.stringMatching(/^fail: .*it offers no STARTTLS/),
    ]);
  });

  test('is not believed what came in clear and would be read inside of TLS', async () => {
    const injected = '220 ready\r\n250-evil\r\n250 AUTH PLAIN';
    const port = await scripted({
      EHLO: ['250-test\r\n250 STARTTLS', '250 inside'],
      STARTTLS: injected,
      tls: await tls(),
    });
    const given = { settings: { relay: { authorities: [authority] } }, deployed: await secretWith([]) }; // prettier-ignore
    expect(await look(`smtp://${ANY_HOST}:${port}`, given)).toEqual([
      expect.stringMatching(/^fail: .*no TLS connection \(EPROTOCOL\)/),
    ]);
  });

  test('that never comes to the end of a reply is left', async () => {
    const port = await scripted({ EHLO: '250-more\r\n'.repeat(300) + '250 end' });
    const lines = await look(`smtp://127.0.0.1:${port}`, { deployed: await secretWith([]) });
    expect(lines).toContain(`fail: 127.0.0.1:${port}: it broke off (EPROTOCOL).`);
  });

  test.each<[string, IssueOptions, string]>([
    ['has expired', { notAfter: new Date(Date.now() - 1000) }, 'CERT_HAS_EXPIRED'],
    ['is of another host', forIp(127, 9, 9, 9), 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('fails when its certificate %s', async (_, options, code) => {
    const port = await server({ secure: true, ...(await tls(options)) });
    expect(await lookFrom(port, { deployed: await secretWith([]) })).toEqual([
      `fail: ${ANY_HOST}:${port}: no TLS connection (${code}).`,
    ]);
  });

  test('fails when nobody believes its authority', async () => {
    const port = await server({ secure: true, ...(await tls()) });
    const given = { settings: {}, deployed: await secretWith([]) };
    expect(await lookFrom(port, given)).toEqual([
      expect.stringMatching(/^fail: .*no TLS .*UNABLE/),
    ]);
  });

  test('is in doubt when its certificate has few days left', async () => {
    const soon = { notAfter: new Date(Date.now() + 5 * DAY_MS) };
    const port = await server({ secure: true, ...(await tls(soon)) });
    const [first] = await lookFrom(port, { deployed: await secretWith([]) });
    expect(first).toMatch(/^warn: .* 4 day\(s\) left/);
  });

  test('fails when it refuses our login', async () => {
    const port = await server({ secure: true, ...(await tls()), ...login(false) });
    const deployed = await secretWith([
      { host: `${ANY_HOST}:${port}`, user: 'us', password: 'pw' },
    ]);
    expect((await lookFrom(port, { deployed })).at(-1)).toMatch(
      /^fail: .*refuses our login \(535\)/,
    );
  });

  test('fails when it offers no way to log in', async () => {
    const port = await scripted({ EHLO: '250 test' });
    const deployed = await secretWith([{ host: `127.0.0.1:${port}`, user: 'us', password: 'pw' }]);
    const lines = await look(`smtp://127.0.0.1:${port}`, { deployed });
    expect(lines.at(-1)).toMatch(/^fail: .*no way to log in/);
  });

  test.each<[string, Script, string]>([
    ['a sender', { MAIL: '550 5.7.1 not you' }, 'fail: HOST: MAIL FROM records@holder.example is refused (550).'], // prettier-ignore
    ['a sender for now', { MAIL: '451 later' }, 'warn: HOST: MAIL FROM records@holder.example is put off (451).'], // prettier-ignore
    ['large messages', { EHLO: '250-test\r\n250 SIZE 1000000' }, 'warn: HOST: it takes 1000000 bytes, and maxMessageBytes is 20000000.'], // prettier-ignore
    ['us altogether', { greeting: '554 go away' }, 'fail: HOST: its greeting is 554.'],
    ['EHLO', { EHLO: '502 what' }, 'fail: HOST: to EHLO it says 502.'],
    ['to speak', { greeting: 'close' }, 'fail: HOST: it broke off (ECONNRESET).'],
    ['to speak SMTP', { greeting: 'SSH-2.0-x' }, 'fail: HOST: it broke off (EPROTOCOL).'],
  ])('says when it does not take %s', async (_, script, expected) => {
    const port = await scripted(script);
    const given = { settings: { maxMessageBytes: 20_000_000 }, deployed: await secretWith([]) };
    const lines = await look(`smtp://127.0.0.1:${port}`, given);
    expect(lines).toContain(expected.replace('HOST', `127.0.0.1:${port}`));
  });

  test('is never given a recipient or a message', async () => {
    const { port, close, heard } = await startScripted({});
    closing.push(close);
    await look(`smtp://127.0.0.1:${port}`, { deployed: await secretWith([]) });
    expect(heard()).toBe('EHLO doctor.invalid\r\nMAIL FROM:<records@holder.example>\r\nRSET\r\nQUIT\r\n'); // prettier-ignore
  });

  test('that is not there fails', async () => {
    const port = await freePort();
    expect(await look(`smtp://127.0.0.1:${port}`, { deployed: await secretWith([]) })).toEqual([
      `fail: 127.0.0.1:${port}: no connection (ECONNREFUSED).`,
    ]);
  });

  test('on port 25 fails whether it answers or not', async () => {
    const [first] = await look('smtp://127.0.0.1:25', { deployed: await secretWith([]) });
    expect(first).toBe('fail: 127.0.0.1:25: functions cannot reach port 25 of anybody.');
  });

  test('is in doubt when the relay secret is not known, or cannot be read', async () => {
    const url = `smtp://127.0.0.1:${await server()}`;
    expect((await look(url))[0]).toMatch(/^warn: .*the relay secret is not known/);
    const deployed = await secretWith('{"password":"pw"}');
    const [first] = await look(url, { deployed });
    expect(first).toMatch(/^warn: .*the relay secret cannot be read/);
    expect(first).not.toContain('pw');
  });

  test('of somebody else’s HISP fails when there is nothing to show to it', async () => {
    const port = await server({ secure: true, ...(await tls()) });
    const settings = { relay: { authorities: [authority] } };
    const given = { settings, deployed: await secretWith([]) };
    const lines = await look(`hisp+smtps://${ANY_HOST}:${port}`, given);
    expect(lines.at(-1)).toMatch(/^fail: .*nothing for this HISP/);
  });

  test('of a route is looked at beside that of all; without any, all is well', async () => {
    const [one, other] = [await server(), await server()];
    const routes = { 'clinic.example': `smtp://127.0.0.1:${other}` };
    const given = { settings: { relay: { routes } }, deployed: await secretWith([]) };
    const lines = await look(`smtp://127.0.0.1:${one}`, given);
    expect(lines.filter((line) => line.includes('reached'))).toHaveLength(2);
    expect(await look('ses:')).toEqual(['ok: No copy goes by SMTP.']);
  });
});
