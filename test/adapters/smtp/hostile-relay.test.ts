import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import type { CredentialsFor } from '../../../shared/adapters/relay-secret.ts';
import { smtpRelay, type SmtpRelayOptions } from '../../../shared/adapters/smtp-relay.ts';
import { ENVELOPE } from '../../contracts/relay.ts';
import { cachedAuthority, issueQuickly } from '../../support/pki.ts';
import { startScripted, type Script } from '../smtp-relay-servers.ts';
import { forIp } from './tls-servers.ts';

/** Reaches this machine and is, by its text, no loopback address: so it is treated like any host of the world. */
const ANY_HOST = '0.0.0.0';
const SECRET = 'correct horse';
const credentials: CredentialsFor = async (host) => [{ host, user: 'me', password: SECRET }];
const shownIn = (heard: string): boolean =>
  /AUTH/.test(heard) || heard.includes(Buffer.from(`\0me\0${SECRET}`).toString('base64'));

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const failed = (code: string) =>
  expect.objectContaining({ failure: expect.objectContaining({ code }) }) as unknown;
const UNREACHABLE = failed('deliver/unreachable');

async function identity() {
  const authority = await cachedAuthority('Relay Authority');
  const { certificatePem, privateKeyPem } = await issueQuickly(authority, forIp(0, 0, 0, 0));
  return {
    tls: { key: privateKeyPem, cert: certificatePem },
    authorities: [authority.certificatePem],
  };
}

/** A server that asks for STARTTLS of everybody, and one who would show it a password. */
async function overStarttls(script: Script, speaksTls = true) {
  const { tls, authorities } = await identity();
  const server = await startScripted({
    EHLO: CLEAR_OFFER,
    STARTTLS: '220 go on',
    ...(speaksTls && { tls }),
    ...script,
  });
  closing.push(server.close);
  const relay = smtpRelay(`smtp://${ANY_HOST}:${server.port}`, {
    authorities,
    credentials,
    connectSeconds: 1,
    silenceSeconds: 1,
  });
  return { submitted: await relay.submit(ENVELOPE), server };
}

const CLEAR_OFFER = '250-test\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN';

describe('STARTTLS', () => {
  test('is how a password gets to a server that means well', async () => {
    const { submitted, server } = await overStarttls({});
    expect(submitted).toMatchObject({ ok: true });
    expect(shownIn(server.heard())).toBe(true);
  });

  test.each<[string, Script]>([
    ['is refused', { STARTTLS: '454 4.7.0 not now' }],
    [
      'is taken back: AUTH is offered in clear only',
      { EHLO: '250-test\r\n250 AUTH PLAIN', STARTTLS: '502 no' },
    ],
    ['is stripped, and answered by somebody between', { EHLO: '250 test', STARTTLS: '250 go on' }],
    ['is agreed to, and nothing follows', {}],
    ['is agreed to, and clear text follows', { STARTTLS: `220 go on\r\n${CLEAR_OFFER}` }],
    ['is answered with garbage', { STARTTLS: '\x16\x03\x01\x02' }],
  ])('that %s: nothing is shown, and nothing sent', async (_title, script) => {
    const { submitted, server } = await overStarttls(script, false);
    expect(submitted).toEqual(UNREACHABLE);
    expect(shownIn(server.heard())).toBe(false);
    expect(server.heard()).not.toMatch(/MAIL|RCPT|DATA/);
  });

  test('whose answer carries more than an answer: what was said in clear is not believed', async () => {
    // Inside there is no AUTH and a small SIZE; what was injected before the handshake says otherwise.
    const injected = `220 go on\r\n250-test\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 99999999`;
    const { submitted, server } = await overStarttls({
      STARTTLS: injected,
      EHLO: [CLEAR_OFFER, '250 inside'],
    });
    expect(submitted).toEqual(failed('deliver/not-authorized'));
    expect(shownIn(server.heard())).toBe(false);
  });

  test('whose answer ends in half a line: it is not put before what is said inside', async () => {
    const { submitted, server } = await overStarttls({
      STARTTLS: '>220 go on\r\n250 AUTH PLAIN LOGIN ',
      EHLO: [CLEAR_OFFER, '250 inside'],
    });
    expect(submitted).toEqual(failed('deliver/not-authorized'));
    expect(shownIn(server.heard())).toBe(false);
  });

  test('that offers AUTH in clear and not inside: nothing is shown', async () => {
    const { submitted, server } = await overStarttls({ EHLO: [CLEAR_OFFER, '250 inside'] });
    expect(submitted).toEqual(failed('deliver/not-authorized'));
    expect(shownIn(server.heard())).toBe(false);
  });
});

describe('over implicit TLS, nothing is shown to', () => {
  test.each([
    ['a server that speaks in clear', '220 test'],
    ['a server that says nothing', 'silence'],
    ['a server that speaks garbage', '\x16\x03\x03\x00\x00garbage'],
  ])('%s', async (_title, greeting) => {
    const server = await startScripted({ greeting });
    closing.push(server.close);
    const relay = smtpRelay(`smtps://127.0.0.1:${server.port}`, {
      credentials,
      connectSeconds: 0.5,
    });
    expect(await relay.submit(ENVELOPE)).toEqual(UNREACHABLE);
    expect(server.heard()).not.toMatch(/EHLO|AUTH|MAIL/);
  });
});

/** Plays one connection as it likes. */
async function against(play: (socket: Socket) => void, options: SmtpRelayOptions = {}) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    play(socket);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(() => new Promise((closed) => server.close(() => closed())));
  const { port } = server.address() as AddressInfo;
  return smtpRelay(`smtp://127.0.0.1:${port}`, { silenceSeconds: 1, ...options }).submit(ENVELOPE);
}

/** Writes as fast as it is taken until the other side has had enough. */
function pour(socket: Socket, text: string): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(text));
  };
  socket.on('drain', more);
  more();
}

describe('a relay that pours', () => {
  test.each([
    ['one line without end', 'x'.repeat(65_536)],
    ['one reply without end', '250-and\r\n'.repeat(8192)],
    ['replies without end', '220 and\r\n'.repeat(8192)],
    ['empty lines without end', '\r\n'.repeat(32_768)],
    [
      'octets that are none of ASCII',
      Buffer.from('ff00fe0d0a', 'hex').toString('latin1').repeat(8192),
    ],
  ])('%s is left', async (_title, text) => {
    const before = process.memoryUsage().rss;
    expect(await against((socket) => pour(socket, text))).toEqual(UNREACHABLE);
    expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
  });

  test('the same after the final dot has perhaps taken the message', async () => {
    const server = await startScripted({ dot: `250-${'x'.repeat(4 * 1024 * 1024)}` });
    closing.push(server.close);
    const submitted = await smtpRelay(`smtp://127.0.0.1:${server.port}`).submit(ENVELOPE);
    expect(submitted).toEqual(failed('deliver/unanswered'));
  });
});

/** A server that means well and writes one octet in each millisecond. */
function answersByOctets(socket: Socket): void {
  const replies = ['250 ok', '250 ok', '250 ok', '354 go on', '250 taken'];
  let toSay = '220 test\r\n';
  let heard = '';
  const timer = setInterval(() => {
    socket.write(toSay.slice(0, 1));
    toSay = toSay.slice(1);
  }, 1);
  socket.setNoDelay(true).on('close', () => clearInterval(timer));
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
    if (!heard.endsWith(replies.length === 1 ? '\r\n.\r\n' : '\r\n')) return;
    heard = '';
    toSay += `${replies.shift() ?? '221 bye'}\r\n`;
  });
}

describe('a relay that answers octet by octet', () => {
  test('is heard to the end', async () => {
    const submitted = await against(answersByOctets);
    expect(submitted).toEqual({ ok: true, value: { receipt: '250 taken' } });
  });

  test('and for ever is left when the time is over', async () => {
    const submitted = await against(
      (socket) => {
        const timer = setInterval(() => socket.write('2'), 5);
        socket.on('close', () => clearInterval(timer));
      },
      { overallSeconds: 0.3, connectSeconds: 10 },
    );
    expect(submitted).toEqual(UNREACHABLE);
  });
});

test('TLS that is spoken octet by octet, and never to the end, is left when the time is over', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    const timer = setInterval(() => socket.write('\x16'), 5);
    socket.on('close', () => clearInterval(timer));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(() => new Promise((closed) => server.close(() => closed())));
  const { port } = server.address() as AddressInfo;
  const relay = smtpRelay(`smtps://127.0.0.1:${port}`, { connectSeconds: 0.3 });
  expect(await relay.submit(ENVELOPE)).toEqual(UNREACHABLE);
});
