import { describe, expect, test } from '@jest/globals';
import { answersTo, behaviourOf } from '../../../infra/local/partner/behaviour.ts';
import { noticeMail, type Answer } from '../../../infra/local/partner/notice.ts';
import type { DirectAddress } from '../../../shared/ids.ts';
import { openMessage } from '../../../shared/secure/open.ts';
import { cachedAuthority, cachedKeys, issueQuickly } from '../../support/pki.ts';

const RECIPIENT = 'berg@clinic.example' as DirectAddress;
const SENDER = 'records@holder.example' as DirectAddress;

const answersOf = (local: string) =>
  answersTo(behaviourOf(`${local}@clinic.example`, 'silent'), true);

/** Each with what it says, and after how many minutes. */
const said = (local: string) =>
  answersOf(local).map(({ says, afterMinutes = 0 }) => `${says} ${afterMinutes}`);

describe('the robots of the certification tool', () => {
  test.each([
    ['processedonly5', ['processed 0']],
    ['processeddispatched6', ['processed 0', 'dispatched 0']],
    ['processdelayeddispatch7', ['processed 0', 'dispatched 65']],
    ['processdelayeddispatch30min', ['processed 0', 'dispatched 30']],
    ['processdelayeddispatch45', ['processed 0', 'dispatched 45']],
    ['delaydispatched90', ['processed 0', 'dispatched 90']],
    ['DispatchedOnly', ['dispatched 0']],
    ['nomdn8', []],
    ['noaddressfailure9', ['failed 0']],
    ['processedfailure', ['processed 0', 'failed 0']],
    ['processedtimeoutfailure', ['processed 0', 'failed 65']],
    ['dsn', ['delivered 0']],
    ['somebody', []],
    ['delaydispatched', []],
    ['delaydispatched99999', []],
  ])('%s answers %j', (local, answers) => {
    expect(said(local)).toEqual(answers);
  });

  test('dispatched is for those who asked for it', () => {
    const behaviour = behaviourOf('processeddispatched6@clinic.example', 'answers');
    expect(answersTo(behaviour, false).map(({ says }) => says)).toEqual(['processed']);
  });
});

/** The first notice that a robot sends, written out: what was protected, what travelled, and whose envelope it had. */
async function written(local: string, pick: (answer: Answer) => boolean = () => true) {
  const authority = await cachedAuthority();
  const clinic = await issueQuickly(authority, {
    domain: 'clinic.example',
    keys: await cachedKeys('clinic'),
  });
  const holder = await issueQuickly(authority, {
    address: SENDER,
    keys: await cachedKeys('holder'),
  });
  const about = {
    recipient: RECIPIENT,
    to: SENDER,
    originalMessageId: '<abc@holder.example>',
    originalSubject: '',
    date: new Date(),
  };
  const answer = answersOf(local).find(pick);
  const mail = await noticeMail(answer!, about, clinic, [holder.certificate]);
  const opened = openMessage(mail.bytes, [holder]);
  const outside = Buffer.from(mail.bytes).toString('latin1');
  const inner = opened.ok
    ? Buffer.from(opened.value.inner).toString('latin1')
    : opened.failure.code;
  return { inner, outside, mailFrom: mail.mailFrom };
}

describe('the robots that write as not every reader expects', () => {
  test.each([
    ['white_space_mdn', /\r\nFinal-Recipient : rfc822; berg@clinic\.example\r\n/],
    ['extra_line_break_mdn', /\r\nFinal-Recipient:\r\n rfc822;\r\n berg@clinic\.example\r\n/],
    [
      'extra_line_break_mdn',
      /\r\nDisposition:\r\n automatic-action\/MDN-sent-automatically;\r\n processed/,
    ],
    ['extra_space_disposition', /\r\nDisposition: {2}automatic-action\/\S+ ; {2}processed \r\n/],
    ['different_sender', /^From: <berg@clinic\.example>\r\nSender: <robot@clinic\.example>\r\n/],
    ['white_space_822', /^From : <berg@clinic\.example>\r\nTo : /],
    ['different_cases_822', /^from: <berg@clinic\.example>\r\nto: [^]*\r\nmime-version: 1.0/],
    [
      'dsn',
      /\r\nOriginal-Envelope-ID: <abc@holder\.example>\r\nOriginal-Recipient: .*\r\nFinal-Recipient: .*\r\nAction: delivered\r\nStatus: 2\.0\.0\r\n/,
    ],
    ['dsn', /^From: <postmaster@clinic\.example>/],
  ])('%s: %s', async (local, lines) => {
    expect((await written(local)).inner).toMatch(lines);
  });

  test('missing_disposition has none', async () => {
    const { inner } = await written('missing_disposition');
    expect(inner).toContain('Original-Message-ID: <abc@holder.example>');
    expect(inner).not.toMatch(/^Disposition/m);
  });

  test('processedfailuretest has a blank before `failed`', async () => {
    const { inner } = await written('processedfailuretest', ({ says }) => says === 'failed');
    expect(inner).toContain('Disposition: automatic-action/MDN-sent-automatically; failed\r\n');
  });

  test('null_sender has nobody in its envelope, and itself in its header', async () => {
    const { mailFrom, inner } = await written('null_sender');
    expect(mailFrom).toBe('');
    expect(inner).toMatch(/^From: <berg@clinic\.example>/);
  });

  test('different_msgid has one id outside and another within', async () => {
    const ids = ({ outside, inner }: Awaited<ReturnType<typeof written>>) =>
      [outside, inner].map((text) => /^Message-ID: (.*)\r$/m.exec(text)?.[1]);
    const different = ids(await written('different_msgid'));
    expect(new Set(different).size).toBe(2);
    expect(different).not.toContain(undefined);
    expect(new Set(ids(await written('processedonly5'))).size).toBe(1);
  });

  test('-plain at the end of any name: neither signed nor encrypted', async () => {
    const { inner, outside } = await written('noaddressfailure9-plain');
    expect(inner).toBe('secure/not-encrypted');
    expect(outside).toMatch(/;failed\r\n/);
  });
});
