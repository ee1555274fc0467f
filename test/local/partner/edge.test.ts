import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { makeTlsIdentities } from '../../../infra/local/certificates/tls-identities.ts';
import { hispSmtpRelay } from '../../../shared/adapters/hisp-smtp-relay.ts';
import { xdrRelay } from '../../../shared/adapters/xdr/xdr-relay.ts';
import type { DirectAddress, MessageId } from '../../../shared/ids.ts';
import { packageXdr } from '../../../shared/package/xdr/package-xdr.ts';
import { dispositionXdr } from '../../../shared/package/xdr/disposition.ts';
import { uriOfMessageId } from '../../../shared/package/xdr/message-uri.ts';
import { xdrEntity } from '../../../shared/package/xdr/entity.ts';
import { readXdr } from '../../../shared/package/xdr/read-xdr.ts';
import { innerMessage } from '../../../shared/secure/inner-message.ts';
import { bytesOf } from '../../../shared/secure/pieces.ts';
import { preparedInput } from '../../package/xdr/requests.ts';
import { draft } from '../../secure/support/people.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { CUSTOMER, LOGIN, showing, startBench, type Bench, type Posted } from './edge-post.ts';
import { sealed, INNER } from './strict-post.ts';
import { DOCUMENT, sampleXdm } from './xdm-sample.ts';

const FROM = CUSTOMER as DirectAddress;
const ID = 'abc@holder.example' as MessageId;
const at = (local: string): DirectAddress => `${local}@clinic.example` as DirectAddress;

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

/** What has come since the test began. */
let seen: { received: number; told: number; posted: number };
beforeEach(() => {
  const { edge, posted } = bench;
  seen = { received: edge.received.length, told: edge.told.length, posted: posted.length };
});
const received = () => bench.edge.received.slice(seen.received);
const told = () => bench.edge.told.slice(seen.told).map(({ says, answer }) => [says, answer]);
const posted = () => bench.posted.slice(seen.posted);

const clear = (to: DirectAddress): Uint8Array =>
  bytesOf(innerMessage({ ...draft, from: FROM, to, messageId: ID, zip: sampleXdm([DOCUMENT]) }));

interface Submitting {
  readonly bytes?: Uint8Array;
  readonly from?: string;
  readonly shown?: object;
}

async function submit(local: string, { bytes, from = FROM, shown = LOGIN }: Submitting = {}) {
  const { edge, tls } = bench;
  const relay = hispSmtpRelay(`hisp+smtps://${edge.submission}`, {
    authorities: [tls.authority.certificatePem],
    credentials: showing(shown),
  });
  const to = at(local);
  const answer = await relay.submit({ from: from as DirectAddress, to, bytes: bytes ?? clear(to) });
  await edge.settled();
  return answer.ok ? 'taken' : answer.failure.code;
}

describe('somebody else’s HISP, by submission', () => {
  test('takes the clear message of its customer, and posts the notice of its delivery', async () => {
    expect(await submit('berg')).toBe('taken');
    expect(received()).toMatchObject([{ by: 'smtp', refusedFor: [], copy: { notes: [] } }]);
    const [{ copy } = {}] = received();
    expect(copy?.files.map(({ name }) => name)).toContain('IHE_XDM/SUBSET01/METADATA.XML');
    const [mail, ...more] = posted();
    expect([mail?.path, mail?.headers['content-type'], mail?.headers.authorization, more]).toEqual([
      '/v1/inbound-mail',
      'message/rfc822',
      'Bearer token-of-hisp',
      [],
    ]);
    const notice = mail?.body.toString() ?? '';
    expect(notice).toContain('Original-Message-ID: <abc@holder.example>');
    expect(notice).toContain('Final-Recipient: rfc822; berg@clinic.example');
    expect(notice).toContain(';dispatched');
    expect(told()).toEqual([['dispatched', '202']]);
  });

  test.each([
    ['silent', 'taken', []],
    ['processed-only', 'taken', ['processed']],
    ['failed', 'taken', ['failed']],
    ['undeliverable', 'taken', ['undeliverable']],
    ['refuse', 'deliver/refused', []],
    ['busy', 'deliver/deferred', []],
    ['hang', 'deliver/unanswered', []],
  ])('%s@ is %s, and the customer is told %j', async (local, answer, notices) => {
    expect(await submit(local)).toBe(answer);
    expect(told()).toEqual(notices.map((says) => [says, '202']));
  });

  test('knows nobody with another password', async () => {
    expect(await submit('berg', { shown: { ...LOGIN, password: 'guess' } })).toBe(
      'deliver/not-authorized',
    );
    expect(received()).toEqual([]);
  });

  test.each([
    ['one that is encrypted', () => sealed(INNER), /secured already/],
    [
      'one in a wrapper',
      async () =>
        Buffer.concat([
          Buffer.from(
            'Content-Type: message/rfc822\r\nFrom: <records@holder.example>\r\nTo: <berg@clinic.example>\r\nMessage-ID: <a@b.example>\r\n\r\n',
          ),
          clear(at('berg')),
        ]),
      /secured already/,
    ],
    [
      'one from somebody else',
      async () => changed(/records@/, 'other@'),
      /not from an address of the customer/,
    ],
    [
      'one to somebody else',
      async () => changed(/(To: .*)berg@/, '$1other@'),
      /neither in To nor in Cc/,
    ],
    ['no message', async () => Buffer.from('hello'), /no message/],
  ])('does not take %s', async (_, make, reason) => {
    expect(await submit('berg', { bytes: await make() })).toBe('deliver/refused');
    expect(received()[0]?.refusedFor[0]).toMatch(reason);
    expect(told()).toEqual([]);
  });

  test('does not take what another says is from its customer', async () => {
    expect(await submit('berg', { from: 'bounce@holder.example' })).toBe('deliver/refused');
    expect(received()[0]?.refusedFor).toEqual([
      'envelope: MAIL FROM is not the From of the message',
    ]);
  });
});

const changed = (what: RegExp, by: string): Uint8Array =>
  Buffer.from(
    Buffer.from(clear(at('berg')))
      .toString('latin1')
      .replace(what, by),
    'latin1',
  );

const request = (local: string, from: DirectAddress = FROM): Uint8Array => {
  const input = preparedInput(sampleCcda());
  const sender = { ...input.sender, address: from };
  const how = { messageId: ID, endpoint: `https://${bench.edge.xdr}` };
  const bundle = packageXdr({ ...input, sender, recipient: at(local) }, how);
  if (!bundle.ok) throw new Error(bundle.failure.code);
  return bundle.value.entity;
};

const ourCertificate = () => {
  const { certificatePem, privateKeyPem } = bench.tls.client;
  return { certificate: certificatePem, privateKey: privateKeyPem };
};

async function post(bytes: Uint8Array, shown: object = ourCertificate()) {
  const { edge, tls } = bench;
  const relay = xdrRelay(`hisp+xdr://${edge.xdr}`, {
    authorities: [tls.authority.certificatePem],
    credentials: showing(shown),
  });
  const answer = await relay.submit({ from: FROM, to: at('berg'), bytes });
  await edge.settled();
  return answer.ok ? 'taken' : answer.failure.code;
}

describe('somebody else’s HISP, by XDR', () => {
  test('takes the submission of its customer, and posts what became of it', async () => {
    expect(await post(request('berg'))).toBe('taken');
    expect(received()).toMatchObject([
      { by: 'xdr', refusedFor: [], copy: { from: FROM, recipients: [at('berg')] } },
    ]);
    const [{ copy } = {}] = received();
    expect(copy?.files.map(({ bytes }) => Buffer.from(bytes))).toEqual([Buffer.from(sampleCcda())]);
    const [{ path, headers, body }, ...more] = posted() as [Posted, ...Posted[]];
    expect([path, headers.authorization, more]).toEqual(['/v1/xdr', 'Bearer token-of-hisp', []]);
    const said = readXdr(xdrEntity(headers['content-type'] ?? '', body));
    expect(said).toMatchObject({
      ok: true,
      value: {
        addressing: { relatesTo: uriOfMessageId(ID), to: [FROM] },
        contents: { kind: 'disposition', said: { recipient: at('berg'), disposition: 'success' } },
      },
    });
  });

  test.each([
    ['silent', 'taken', []],
    ['processed-only', 'taken', []],
    ['failed', 'taken', ['failed']],
    ['undeliverable', 'taken', ['undeliverable']],
    ['refuse', 'deliver/refused', []],
    ['busy', 'deliver/deferred', []],
    ['hang', 'deliver/unanswered', []],
  ])('%s@ is %s, and the customer is told %j', async (local, answer, notices) => {
    expect(await post(request(local))).toBe(answer);
    expect(told().map(([says]) => says)).toEqual(notices);
  });

  test('does not listen to who has no certificate of its authority', async () => {
    expect(await post(request('berg'), LOGIN)).toBe('deliver/not-authorized');
    const stranger = await makeTlsIdentities();
    const { certificatePem: certificate, privateKeyPem: privateKey } = stranger.client;
    expect(await post(request('berg'), { certificate, privateKey })).not.toBe('taken');
    expect(received()).toEqual([]);
  });

  test('does not take what is from somebody else, submits nothing, or cannot be read', async () => {
    const other = 'other@holder.example' as DirectAddress;
    expect(await post(request('berg', other))).toBe('deliver/refused');
    const said = { recipient: at('berg'), disposition: 'success' } as const;
    const how = {
      messageId: ID,
      relatesTo: 'mid:a@b.example',
      from: FROM,
      to: at('berg'),
      endpoint: 'urn:x',
    };
    expect(await post(dispositionXdr(said, how))).toBe('deliver/refused');
    expect(await post(xdrEntity('application/soap+xml', Buffer.from('<a/>')))).toBe(
      'deliver/refused',
    );
    expect(received().map(({ refusedFor }) => refusedFor)).toEqual([
      ['envelope: it is not from an address of the customer'],
      ['form: it submits no documents'],
      ['package/bad-soap'],
    ]);
    expect(told()).toEqual([]);
  });
});
