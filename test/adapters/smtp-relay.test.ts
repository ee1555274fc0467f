import { afterEach, describe, expect, test } from '@jest/globals';
import { smtpRelay, type SmtpRelayOptions } from '../../shared/adapters/smtp-relay.ts';
import type { CredentialsFor } from '../../shared/adapters/relay-secret.ts';
import type { Envelope } from '../../shared/deliver/relay.ts';
import type { DirectAddress, MessageId } from '../../shared/ids.ts';
import { SmtpReply, startInboundSmtp } from '../../infra/local/world/inbound-smtp.ts';
import {
  ENVELOPE,
  relayContract,
  type RelayDoes,
  type RelayUnderTest,
} from '../contracts/relay.ts';
import { memoryRelay } from '../support/memory/relay.ts';
import { startScripted, startServer, type Script } from './smtp-relay-servers.ts';
import type { SMTPServerOptions } from 'smtp-server';

relayContract('the memory relay', async (behaviour) => {
  const relay = memoryRelay(behaviour);
  return { relay, taken: relay.taken, close: async () => undefined };
});

const PASSWORD: CredentialsFor = async (host) => [{ host, user: 'us@er', password: 'p:ss' }];

const reply = (responseCode: number): Error =>
  Object.assign(new Error('<Dr.Berg@clinic.example> no'), { responseCode });

const SERVERS: Readonly<Record<RelayDoes, SMTPServerOptions>> = {
  takes: {},
  refuses: { onRcptTo: (_address, _session, answer) => answer(reply(550)) },
  defers: { onRcptTo: (_address, _session, answer) => answer(reply(450)) },
  'is-unreachable': { onConnect: (_session, answer) => answer(reply(421)) },
  'rejects-credentials': {
    allowInsecureAuth: true,
    onAuth: (_auth, _session, answer) => answer(reply(535)),
  },
  'takes-without-answer': {},
};

relayContract('the SMTP relay', async (behaviour) => {
  if (behaviour === 'takes-without-answer') return openWithoutAnswer();
  const server = await startServer(SERVERS[behaviour]);
  const options = behaviour === 'rejects-credentials' ? { credentials: PASSWORD } : {};
  const relay = smtpRelay(`smtp://127.0.0.1:${server.port}`, options);
  return { relay, taken: server.taken, close: server.close };
});

async function openWithoutAnswer(): Promise<RelayUnderTest> {
  const taken: Envelope[] = [];
  const server = await startInboundSmtp({
    accept: () => true,
    deliver: async (bytes, [to], from) => {
      taken.push({ from: from as DirectAddress, to: to as DirectAddress, bytes });
      throw new SmtpReply('hang-up', 'no answer');
    },
  });
  return { relay: smtpRelay(`smtp://${server.address}`), taken, close: server.close };
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** Submits to a server that plays the script. */
async function against(script: Script, options: SmtpRelayOptions & { envelope?: Envelope } = {}) {
  const server = await startScripted(script);
  closing.push(server.close);
  const { envelope = ENVELOPE } = options;
  const submitted = await smtpRelay(`smtp://127.0.0.1:${server.port}`, options).submit(envelope);
  return { submitted, heard: server.heard, left: server.left };
}

const failed = (code: string, detail?: string) =>
  ({ ok: false, failure: detail === undefined ? { code } : { code, detail } }) as const;

describe('what the SMTP relay makes of a server that', () => {
  test.each<[code: string, title: string, script: Script, detail: string]>([
    ['deliver/unreachable', 'says 421 at once', { greeting: '421 busy' }, 'SMTP 421'],
    ['deliver/unreachable', 'says 554 at once', { greeting: '554 5.3.2 no' }, 'SMTP 554 5.3.2'],
    ['deliver/unreachable', 'hangs up at once', { greeting: 'close' }, 'ECONNECTION'],
    ['deliver/unreachable', 'hangs up at EHLO', { EHLO: 'close' }, 'ECONNECTION'],
    ['deliver/deferred', 'says 451 at MAIL', { MAIL: '451 4.3.0 later' }, 'SMTP 451 4.3.0'],
    ['deliver/refused', 'says 550 at MAIL', { MAIL: '550 5.7.1 no' }, 'SMTP 550 5.7.1'],
    ['deliver/not-authorized', 'says 530 at MAIL', { MAIL: '530 5.7.0 who?' }, 'SMTP 530 5.7.0'],
    ['deliver/unreachable', 'hangs up at MAIL', { MAIL: 'close' }, 'ECONNECTION'],
    ['deliver/deferred', 'says 451 at RCPT', { RCPT: '451 4.7.1 grey' }, 'SMTP 451 4.7.1'],
    ['deliver/bad-mailbox', 'says 550 at RCPT', { RCPT: '550 5.1.1 no' }, 'SMTP 550 5.1.1'],
    ['deliver/unreachable', 'hangs up at RCPT', { RCPT: 'close' }, 'ECONNECTION'],
    ['deliver/deferred', 'says 421 at DATA', { DATA: '421 bye' }, 'SMTP 421'],
    ['deliver/refused', 'says 554 at DATA', { DATA: '554 no' }, 'SMTP 554'],
    ['deliver/unreachable', 'hangs up at DATA', { DATA: 'close' }, 'ECONNECTION'],
    ['deliver/unanswered', 'hangs up amid the message', { message: 'close' }, 'ECONNECTION'],
    ['deliver/mailbox-full', 'says 552 at the dot', { dot: '552 5.2.2 full' }, 'SMTP 552 5.2.2'],
    ['deliver/deferred', 'says 452 at the dot', { dot: '452 4.2.2 full' }, 'SMTP 452 4.2.2'],
    ['deliver/deferred', 'says 421 at the dot', { dot: '421 4.3.2 down' }, 'SMTP 421 4.3.2'],
    ['deliver/unanswered', 'hangs up at the dot', { dot: 'close' }, 'ECONNECTION'],
    ['deliver/unanswered', 'says 354 at the dot', { dot: '354 more?' }, 'SMTP 354'],
    ['deliver/unanswered', 'babbles at the dot', { dot: 'hello' }, 'EMESSAGE'],
  ])('%s: %s', async (code, _title, script, detail) => {
    const { submitted } = await against(script);
    expect(submitted).toEqual(failed(code, detail));
  });

  test.each<[code: string, title: string, script: Script]>([
    ['deliver/unreachable', 'greeting', { greeting: 'silence' }],
    ['deliver/unreachable', 'EHLO', { EHLO: 'silence' }],
    ['deliver/unreachable', 'RCPT', { RCPT: 'silence' }],
    ['deliver/unreachable', 'DATA', { DATA: 'silence' }],
    ['deliver/unanswered', 'final dot', { dot: 'silence' }],
  ])('%s: is silent at the %s', async (code, _title, script) => {
    const { submitted } = await against(script, { connectSeconds: 0.2, silenceSeconds: 0.2 });
    expect(submitted).toEqual(failed(code, 'ETIMEDOUT'));
  });

  test('deliver/unanswered: dribbles for longer than the whole may take', async () => {
    const dribble = `250-${'x'.repeat(20)}`;
    const { submitted } = await against({ dot: dribble }, { overallSeconds: 0.3 });
    expect(submitted).toEqual(failed('deliver/unanswered', 'ETIMEDOUT'));
  });

  test('deliver/unreachable: does not exist', async () => {
    const gone = await startScripted({});
    await gone.close();
    const submitted = await smtpRelay(`smtp://127.0.0.1:${gone.port}`).submit(ENVELOPE);
    expect(submitted).toEqual(failed('deliver/unreachable', 'ECONNREFUSED'));
  });

  test('deliver/not-authorized: offers no AUTH to one who has credentials', async () => {
    const { submitted, heard } = await against({}, { credentials: PASSWORD });
    expect(submitted).toEqual(failed('deliver/not-authorized', 'EAUTH'));
    expect(heard()).not.toContain('AUTH');
  });

  test('deliver/deferred: cannot check credentials now', async () => {
    const script = { EHLO: '250-test\r\n250 AUTH PLAIN', AUTH: '454 4.7.0 later' };
    const { submitted } = await against(script, { credentials: PASSWORD });
    expect(submitted).toEqual(failed('deliver/deferred', 'SMTP 454 4.7.0'));
  });

  test('deliver/too-large: announces a SIZE below the message, which is not even begun', async () => {
    const { submitted, heard } = await against({
      EHLO: `250-test\r\n250 SIZE ${ENVELOPE.bytes.length - 1}`,
    });
    expect(submitted).toEqual(failed('deliver/too-large', `SIZE ${ENVELOPE.bytes.length - 1}`));
    expect(heard()).not.toContain('MAIL');
  });

  test('announces a SIZE that the message just meets: it is told the size and takes it', async () => {
    const size = ENVELOPE.bytes.length;
    const { submitted, heard } = await against({ EHLO: `250-test\r\n250 SIZE ${size}` });
    expect(submitted).toEqual({ ok: true, value: { receipt: '250 ok' } });
    expect(heard()).toContain(`MAIL FROM:<${ENVELOPE.from}> SIZE=${size}\r\n`);
  });
});

describe('the SMTP relay and a server that', () => {
  const envelopeId = 'k3f7' as MessageId;

  test('offers DSN: it is asked to tell of the copy, under its ENVID, and only what went wrong', async () => {
    const { submitted, heard } = await against(
      { EHLO: '250-test\r\n250 DSN' },
      { envelope: { ...ENVELOPE, envelopeId } },
    );
    expect(submitted.ok).toBe(true);
    const [, from, to] = /MAIL FROM:\S+ (.*)\r\nRCPT TO:\S+ (.*)\r\n/.exec(heard()) ?? [];
    expect([from, to]).toEqual([
      'RET=HDRS ENVID=k3f7',
      `NOTIFY=FAILURE,DELAY ORCPT=rfc822;${ENVELOPE.to}`,
    ]);
  });

  test('offers none: it is not told of one', async () => {
    const { submitted, heard } = await against({}, { envelope: { ...ENVELOPE, envelopeId } });
    expect(submitted.ok).toBe(true);
    expect(heard()).toContain(`MAIL FROM:<${ENVELOPE.from}>\r\nRCPT TO:<${ENVELOPE.to}>\r\n`);
  });
});

describe('the SMTP relay', () => {
  test('says QUIT when it is done', async () => {
    const { heard, left } = await against({}, { keptConnections: 0 });
    await left();
    expect(heard()).toMatch(/\r\n\.\r\nQUIT\r\n$/);
  });

  test('never lets a QUIT into a message that it gives up', async () => {
    const { heard, left } = await against({ dot: 'silence' }, { overallSeconds: 0.3 });
    await left();
    expect(heard()).not.toContain('QUIT');
  });

  test('cuts a long receipt, and addresses and control characters out of it', async () => {
    const { submitted } = await against({
      dot: `250-2.0.0 to=<a@b.example>,\x07 für c@d.example\r\n250 ${'x'.repeat(500)}`,
    });
    const receipt = submitted.ok ? submitted.value.receipt : '';
    expect(receipt).toMatch(/^250-2\.0\.0 f r 250 x+$/);
    expect(receipt).toHaveLength(200);
  });

  test.each(['http://relay.example', 'smtp://', 'nonsense', 'smtp://relay.example/path?x=1'])(
    'is not made of the URL %s',
    (url) => {
      expect(() => smtpRelay(url)).toThrow(/relay URL must/);
    },
  );

  test.each(['http', 'smtp'])(
    'does not quote the password of a %s URL that it refuses',
    (scheme) => {
      let message = '';
      try {
        smtpRelay(`${scheme}://user:hunter2@relay.example/path`);
      } catch (error) {
        message = String(error);
      }
      expect(message).toMatch(/relay URL must/);
      expect(message).not.toContain('hunter2');
    },
  );
});
