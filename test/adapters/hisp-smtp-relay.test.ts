import { afterEach, describe, expect, test } from '@jest/globals';
import { hispSmtpRelay } from '../../shared/adapters/hisp-smtp-relay.ts';
import type { MessageId } from '../../shared/ids.ts';
import { ENVELOPE, relayContract, type RelayDoes } from '../contracts/relay.ts';
import { ANY_HOST, serverAt } from '../support/any-host.ts';
import { startScripted, startServer, type Script } from './smtp-relay-servers.ts';

const PASSWORD = async (host: string) => [{ host, user: 'edge', password: 's:cret' }];
const NONE = { credentials: async () => [] };

const DOES: Readonly<Record<RelayDoes, Script>> = {
  takes: {},
  refuses: { RCPT: '550 no' },
  defers: { RCPT: '450 later' },
  'is-unreachable': { greeting: '421 busy' },
  'rejects-credentials': { EHLO: '250-hisp\r\n250 AUTH PLAIN', AUTH: '535 no' },
  'takes-without-answer': { dot: 'close' },
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

relayContract('the HISP by submission', async (behaviour) => {
  if (behaviour === 'takes') {
    const server = await startServer();
    const relay = hispSmtpRelay(`hisp+smtp://127.0.0.1:${server.port}`, NONE);
    return { relay, taken: server.taken, close: server.close };
  }
  const server = await startScripted(DOES[behaviour]);
  const options = behaviour === 'rejects-credentials' ? { credentials: PASSWORD } : NONE;
  return {
    relay: hispSmtpRelay(`hisp+smtp://127.0.0.1:${server.port}`, options),
    get taken() {
      return behaviour === 'takes-without-answer' && server.heard().includes('\r\n.\r\n')
        ? [ENVELOPE]
        : [];
    },
    close: server.close,
  };
});

describe('the HISP by submission', () => {
  test('is asked to tell also when it has delivered', async () => {
    const server = await startScripted({ EHLO: '250-hisp\r\n250 DSN' });
    closing.push(server.close);
    const relay = hispSmtpRelay(`hisp+smtp://127.0.0.1:${server.port}`, NONE);
    await relay.submit({ ...ENVELOPE, envelopeId: 'k3f7' as MessageId });
    expect(server.heard()).toContain('ENVID=k3f7');
    expect(server.heard()).toContain('NOTIFY=SUCCESS,FAILURE,DELAY');
  });

  test('takes what is in clear', () => {
    expect(hispSmtpRelay('hisp+smtps://hisp.example', NONE)).toMatchObject({ form: 'clear' });
  });

  test('is logged in to, inside of TLS, before it is given anything', async () => {
    const { ca, ...identity } = await serverAt();
    const seen: unknown[] = [];
    const server = await startServer({
      ...identity,
      secure: true,
      authOptional: false,
      onAuth: ({ username, password }, { secure }, answer) => {
        seen.push(username, password, secure);
        answer(null, { user: username });
      },
    });
    closing.push(server.close);
    const relay = hispSmtpRelay(`hisp+smtps://${ANY_HOST}:${server.port}`, {
      credentials: PASSWORD,
      authorities: [ca],
    });
    expect(await relay.submit(ENVELOPE)).toMatchObject({ ok: true });
    expect(seen).toEqual(['edge', 's:cret', true]);
    expect(Buffer.from(server.taken[0]?.bytes ?? [])).toEqual(ENVELOPE.bytes);
  });

  test('deliver/unreachable: is given nothing without TLS', async () => {
    const server = await startScripted({ EHLO: '250-hisp\r\n250 AUTH PLAIN' });
    closing.push(server.close);
    const url = `hisp+smtp://${ANY_HOST}:${server.port}`;
    const submitted = await hispSmtpRelay(url, { credentials: PASSWORD }).submit(ENVELOPE);
    expect(submitted).toMatchObject({ ok: false, failure: { code: 'deliver/unreachable' } });
    expect(server.heard()).not.toMatch(/AUTH|MAIL/);
  });

  test('deliver/not-authorized: nobody is asked without credentials', async () => {
    const server = await startScripted({});
    closing.push(server.close);
    const submitted = await hispSmtpRelay(`hisp+smtp://${ANY_HOST}:${server.port}`, NONE).submit(
      ENVELOPE,
    );
    expect(submitted).toEqual({
      ok: false,
      failure: { code: 'deliver/not-authorized', detail: 'no credentials' },
    });
    expect(server.heard()).toBe('');
  });

  test('deliver/not-authorized: nothing left when the secret could not be read', async () => {
    const unreadable = { credentials: async () => Promise.reject(new Error('hunter2')) };
    const submitted = await hispSmtpRelay('hisp+smtps://hisp.example', unreadable).submit(ENVELOPE);
    const detail = expect.stringMatching(/^SECRET Error(?!.*hunter2)/);
    expect(submitted).toEqual({ ok: false, failure: { code: 'deliver/not-authorized', detail } });
  });

  test.each(['hisp+smtps://user:hunter2@hisp.example', 'hisp+smtps://hisp.example/hunter2'])(
    'is not made of the URL %s, nor quotes it',
    (url) => {
      expect(() => hispSmtpRelay(url, NONE)).toThrow(/relay URL must/);
      expect(() => hispSmtpRelay(url, NONE)).not.toThrow(/hunter2/);
    },
  );
});
