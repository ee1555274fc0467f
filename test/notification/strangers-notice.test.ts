import { beforeEach, describe, expect, test } from '@jest/globals';
import { buildMdn } from '../../infra/local/partner/mdn.ts';
import type { DirectAddress, MessageId } from '../../shared/ids.ts';
import type { SigningIdentity } from '../../shared/secure/keys.ts';
import { secureBytes } from '../../shared/secure/secure.ts';
import { SENDER } from '../lambdas/http-world.ts';
import { messageIdIn } from '../support/memory/partner.ts';
import { discharge, readyToShare, transmission } from '../support/one-record.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import { RECIPIENT, type WholePath } from '../support/whole-path.ts';

const ISSUER = 'http://pki.stranger.example/issuer.cer';
const STRANGER = 'eve@stranger.example' as DirectAddress;

let path: WholePath;
let stranger: SigningIdentity;
/** Says that it is our recipient, and that it is certified at a place where nobody answers. */
let pretender: SigningIdentity;
beforeEach(async () => {
  path = await readyToShare();
  await discharge(path);
  const unknown = await cachedAuthority('stranger');
  stranger = await issueQuickly(unknown, { address: STRANGER, issuerUrls: [ISSUER] });
  pretender = await issueQuickly(unknown, { address: RECIPIENT, issuerUrls: [ISSUER] });
  path.web.break(ISSUER, 'unreachable');
});

/** Signed by anybody: our certificate is published, so anybody can write to us. */
async function noticeAbout(
  originalMessageId: string,
  signer: SigningIdentity,
  from: string,
): Promise<Uint8Array> {
  const outside = {
    from: from as DirectAddress,
    to: SENDER as DirectAddress,
    date: path.ports.now(),
  };
  const recipient = outside.from;
  const about = { kind: 'processed', originalMessageId, originalSubject: '' } as const;
  const { messageId, bytes: inner } = buildMdn({ ...about, ...outside, recipient });
  return (await secureBytes({ ...outside, messageId, inner }, signer, [path.holder.certificate]))
    .bytes;
}

const ours = (): MessageId => messageIdIn(path.partner.open(path.relay.taken[0]!));

describe('a notice about a message that we never sent', () => {
  test('makes us ask nobody who its signer is, and does not come back', async () => {
    const asked = path.web.asked.length;
    await path.deliverMail(await noticeAbout('<never@holder.example>', stranger, STRANGER));
    expect(path.web.asked).toHaveLength(asked);
    expect(path.queues.mail).toEqual([]);
    expect(path.ports.metrics.of('OrphanNotice')).toEqual([1]);
  });
});

describe('a notice about our message that somebody else signed', () => {
  test('trust/wrong-address: makes us ask nobody, and is counted', async () => {
    const asked = path.web.asked.length;
    await path.deliverMail(await noticeAbout(`<${ours()}>`, stranger, STRANGER));
    expect(path.web.asked).toHaveLength(asked);
    expect(path.queues.mail).toEqual([]);
    expect(path.lines.at(-1)).toContain('"code":"trust/wrong-address"');
    expect(path.ports.metrics.of('OrphanNotice')).toEqual([1]);
    expect(await transmission(path)).toMatchObject({ status: 'sent' });
  });
});

describe('two mails of which a queue tells at once', () => {
  test('are both heard, though nobody can say now who signed the first', async () => {
    await path.mail.put('first', await noticeAbout(`<${ours()}>`, pretender, RECIPIENT));
    await path.mail.put('second', await noticeAbout(`<${ours()}>`, path.recipient, RECIPIENT));
    const Records = ['first', 'second'].map((key) => ({ s3: { object: { key } } }));
    path.queues.mail.push(JSON.stringify({ Records }));
    await path.settle();
    expect(await transmission(path)).toMatchObject({ status: 'processed' });
    expect(path.queues.mail).toHaveLength(1);
  });

  test('are both heard, though the first cannot be read any more', async () => {
    await path.mail.put('second', await noticeAbout(`<${ours()}>`, path.recipient, RECIPIENT));
    const Records = ['gone', 'second'].map((key) => ({ s3: { object: { key } } }));
    path.queues.mail.push(JSON.stringify({ Records }));
    await path.settle();
    expect(await transmission(path)).toMatchObject({ status: 'processed' });
    expect(path.queues.mail).toHaveLength(1);
  });
});
