import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { receiptRules } from '../../../infra/cli/doctor/checks/receipt-rules.ts';
import { ses } from '../../../infra/cli/doctor/checks/ses.ts';
import { runChecks } from '../../../infra/cli/doctor/run-checks.ts';
import { withAwsEnv } from '../../adapters/aws-env.ts';
import { examinedWith, said, SENDER, type Given } from './examined.ts';
import { startSesAccount, type SesAccount, type SesAnswers } from './ses-endpoint.ts';

let account: SesAccount;
let undo: () => void;
beforeAll(async () => {
  account = await startSesAccount();
  const { endpoint } = account;
  undo = withAwsEnv({ AWS_ENDPOINT_URL_SESV2: endpoint, AWS_ENDPOINT_URL_SES: endpoint });
});
afterAll(async () => {
  undo();
  await account.close();
});

const ACCOUNT = '/v2/email/account';
const IDENTITY = '/v2/email/identities/holder.example';
const SET = '/v2/email/configuration-sets/direct-transmit-pilot';
const TOLD = `${SET}/event-destinations`;

const EVENTS = ['SEND', 'DELIVERY', 'BOUNCE', 'REJECT', 'COMPLAINT'];
const told = (MatchingEventTypes: readonly string[], Enabled = true) => ({
  EventDestinations: [
    { Name: 'events', Enabled, MatchingEventTypes, SnsDestination: { TopicArn: 'arn:aws:sns:x' } },
  ],
});

/** An account in which all is well. */
const WELL = {
  [ACCOUNT]: {
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    EnforcementStatus: 'HEALTHY',
    SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 10 },
  },
  [IDENTITY]: {
    VerifiedForSendingStatus: true,
    DkimAttributes: { SigningEnabled: true, Status: 'SUCCESS' },
    MailFromAttributes: {
      MailFromDomain: 'bounce.holder.example',
      MailFromDomainStatus: 'SUCCESS',
    },
  },
  [SET]: {
    SuppressionOptions: { SuppressedReasons: [] },
    SendingOptions: { SendingEnabled: true },
    DeliveryOptions: { TlsPolicy: 'OPTIONAL' },
  },
  [TOLD]: told(EVENTS),
} satisfies SesAnswers;

const look = (more: Record<string, object | undefined> = {}, given: Given = {}) => {
  const all = Object.entries<object | undefined>({ ...WELL, ...more }).flatMap(([path, each]) =>
    each === undefined ? [] : [[path, each] as const],
  );
  account.answer(Object.fromEntries(all));
  return said(ses, { relayUrl: 'ses:', ...given });
};

const of = (path: keyof typeof WELL, change: object) => ({ [path]: { ...WELL[path], ...change } });
const quota = (SentLast24Hours: number, Max24HourSend = 100) =>
  of(ACCOUNT, { SendQuota: { Max24HourSend, MaxSendRate: 14, SentLast24Hours } });

describe('copies by SES', () => {
  test('are well', async () => {
    expect(await look()).toEqual([
      'ok: The account may send to anybody.',
      'ok: 10 of 50000 mails were sent in 24 hours.',
      'ok: SES has verified holder.example.',
      'ok: direct-transmit-pilot drops nothing, and tells what becomes of copies.',
    ]);
  });

  test.each<[string, Record<string, object | undefined>, RegExp]>([
    ['the sandbox', of(ACCOUNT, { ProductionAccessEnabled: false }), /^fail: The account is in the sandbox/], // prettier-ignore
    ['sending that was stopped', of(ACCOUNT, { SendingEnabled: false }), /^fail: SES has stopped/],
    ['probation', of(ACCOUNT, { EnforcementStatus: 'PROBATION' }), /^warn: .* under PROBATION/],
    ['a quota almost used', quota(80), /^warn: 80 of 100 mails/],
    ['a quota used up', quota(100), /^fail: 100 of 100 mails .* nothing goes out/],
    ['no quota', quota(7, -1), /^ok: The account has no quota/],
    ['a slow account', of(ACCOUNT, { SendQuota: { Max24HourSend: 100, MaxSendRate: 1, SentLast24Hours: 0 } }), /^warn: relay\.copiesPerSecond is 14, and SES takes 1/], // prettier-ignore
    ['a domain that SES does not know', { [IDENTITY]: undefined }, /^fail: SES has not verified/],
    ['a domain that is not verified', of(IDENTITY, { VerifiedForSendingStatus: false }), /^fail: SES has not verified/], // prettier-ignore
    ['DKIM that waits', of(IDENTITY, { DkimAttributes: { SigningEnabled: true, Status: 'PENDING' } }), /^warn: .*DKIM PENDING/], // prettier-ignore
    ['no DKIM', of(IDENTITY, { DkimAttributes: { SigningEnabled: false, Status: 'SUCCESS' } }), /^warn: SES does not sign/], // prettier-ignore
    ['no MAIL FROM domain', of(IDENTITY, { MailFromAttributes: undefined }), /^warn: .*MAIL FROM .*not set/], // prettier-ignore
    ['no configuration set', { [SET]: undefined }, /^fail: There is no configuration set/],
    ['suppression', of(SET, { SuppressionOptions: { SuppressedReasons: ['BOUNCE'] } }), /^fail: .*suppression list/], // prettier-ignore
    ['the suppression of the account', of(SET, { SuppressionOptions: undefined }), /^fail: .*suppression list/], // prettier-ignore
    ['a set that is switched off', of(SET, { SendingOptions: { SendingEnabled: false } }), /^fail: .*switched off/], // prettier-ignore
    ['another TLS', of(SET, { DeliveryOptions: { TlsPolicy: 'REQUIRE' } }), /^warn: .*TLS REQUIRE, the settings OPTIONAL/], // prettier-ignore
    ['nobody who is told of bounces', { [TOLD]: told(['SEND', 'DELIVERY', 'REJECT', 'COMPLAINT']) }, /^fail: .*tells nobody of BOUNCE\.$/], // prettier-ignore
    ['a destination that is off', { [TOLD]: told(EVENTS, false) }, /^fail: .*nobody of SEND, DELIVERY/], // prettier-ignore
  ])('with %s', async (_, more, expected) => {
    expect(await look(more)).toContainEqual(expect.stringMatching(expected));
  });

  test('in a stage for trying, the sandbox is no failure', async () => {
    const set = '/v2/email/configuration-sets/direct-transmit-sandbox';
    const more = { ...of(ACCOUNT, { ProductionAccessEnabled: false }), [set]: WELL[SET], [`${set}/event-destinations`]: WELL[TOLD] }; // prettier-ignore
    const [first] = await look(more, { settings: { stage: 'sandbox' } });
    expect(first).toMatch(/^warn: The account is in the sandbox/);
  });

  test('an address that is verified by itself will do', async () => {
    const more = { [IDENTITY]: undefined, [`/v2/email/identities/${SENDER}`]: WELL[IDENTITY] };
    expect(await look(more)).toContain('ok: SES has verified holder.example.');
  });

  test('are looked at also where SES is a route; elsewhere there are none', async () => {
    const routes = { 'clinic.example': 'ses:' };
    const given = { relayUrl: 'smtps://relay.example', settings: { relay: { routes } } };
    expect(await look({}, given)).toHaveLength(4);
    expect(await look({}, { relayUrl: 'smtps://relay.example' })).toEqual([
      'ok: No copy goes by SES.',
    ]);
  });

  test('of the local system have no account', async () => {
    const given = { relayUrl: 'ses:', deployed: { isLocal: true } };
    expect(await runChecks([ses], examinedWith(given))).toMatchObject([{ verdict: 'warn' }]);
  });
});

const rulesOf = (name: string, recipients: readonly string[], enabled = true): string =>
  `<Metadata><Name>${name}</Name></Metadata><Rules><member><Name>senders</Name><Enabled>${enabled}</Enabled>` +
  `<Recipients>${recipients.map((each) => `<member>${each}</member>`).join('')}</Recipients></member></Rules>`;

describe('mail by SES', () => {
  const OURS = 'direct-transmit-pilot';

  test.each<[string, string, string]>([
    ['for each sender', rulesOf(OURS, [SENDER.toUpperCase()]), `ok: The set of receipt rules ${OURS} is active.`], // prettier-ignore
    ['for the domain', rulesOf(OURS, ['holder.example']), `ok: The set of receipt rules ${OURS} is active.`], // prettier-ignore
    ['for everybody', rulesOf(OURS, []), `ok: The set of receipt rules ${OURS} is active.`],
    ['for nobody', '', 'fail: No set of receipt rules is active: SES takes no mail in.'],
    ['by another set', rulesOf('theirs', [SENDER]), `fail: The set of receipt rules theirs is active, and not ${OURS}.`], // prettier-ignore
    ['for others', rulesOf(OURS, ['else@holder.example']), `fail: The rules of ${OURS} take no mail in for ${SENDER}.`], // prettier-ignore
    ['by a rule that is off', rulesOf(OURS, [SENDER], false), `fail: The rules of ${OURS} take no mail in for ${SENDER}.`], // prettier-ignore
  ])('is taken in %s', async (_, rules, expected) => {
    account.answer({}, rules);
    expect(await said(receiptRules, { deployment: { receiving: 'ses' } })).toEqual([expected]);
  });

  test('is taken in by the set that the settings name, or is none of its business', async () => {
    account.answer({}, rulesOf('theirs', [SENDER]));
    const deployment = { receiving: 'ses', receiptRuleSet: 'theirs' } as const;
    expect(await said(receiptRules, { deployment })).toEqual([
      'ok: The set of receipt rules theirs is active.',
    ]);
    expect(await said(receiptRules, { deployment: { receiving: 'elsewhere' } })).toEqual([
      'ok: No mail is taken in by SES.',
    ]);
  });
});
