import { describe, expect, test } from '@jest/globals';
import type { AddressKey, MessageId, MilestoneId, Sha256 } from '../../shared/ids.ts';
import { REPORT_TYPES } from '../../shared/report/report.ts';
import { isNews, reportOfFact, reportOfMilestone } from '../../shared/report/report-of.ts';
import type { Fact, FactBody } from '../../shared/transmission/facts.ts';
import type { Milestone, MilestoneKind } from '../../shared/transmit-request/milestone.ts';
import { transmission } from '../contracts/stores/samples.ts';
import { atSecond } from '../support/histories.ts';

const SECRET = 'not-for-others';
const notice = { noticeId: `${SECRET}@hisp.example` } as const;

/** Every fact that there is, with something in each field that nobody else shall see. */
const FACTS: readonly (readonly [expected: string | undefined, fact: FactBody])[] = [
  ['transmission.requested', { kind: 'requested', trigger: SECRET, recordOlderThanEvent: true }],
  [
    'transmission.deferred',
    { kind: 'deferred', attempt: 1, code: 'deliver/deferred', nextAttemptAt: SECRET },
  ],
  [
    undefined,
    {
      kind: 'intent',
      attempt: 1,
      messageId: SECRET as MessageId,
      envelopeId: SECRET as MessageId,
      messageSha256: SECRET as Sha256,
      messageBytes: 1,
      certificates: [SECRET],
      proved: 'mailbox',
      documents: 1,
    },
  ],
  ['transmission.sent', { kind: 'accepted', attempt: 1, receipt: SECRET }],
  ['transmission.uncertain', { kind: 'uncertain', attempt: 1 }],
  [undefined, { kind: 'resolved', attempt: 1, as: 'sent' }],
  [undefined, { kind: 'hastened', attempt: 1 }],
  [undefined, { kind: 'halted', stop: SECRET }],
  [undefined, { kind: 'continued', stop: SECRET }],
  [undefined, { kind: 'relayed', ...notice, what: 'delivered' }],
  [undefined, { kind: 'bounced', ...notice, code: 'deliver/refused' }],
  ['transmission.processed', { kind: 'processed', ...notice, final: false }],
  [undefined, { kind: 'dispatched', ...notice, final: false }],
  ['transmission.dispatched', { kind: 'dispatched', ...notice, final: true }],
  [undefined, { kind: 'recipient-failed', ...notice, final: false }],
  ['transmission.late-notice', { kind: 'late-notice', ...notice, disposition: SECRET }],
  ['transmission.delivered', { kind: 'ended', end: 'delivered' }],
  [
    'transmission.failed',
    { kind: 'ended', end: 'failed', code: 'deliver/refused', detail: SECRET },
  ],
  [
    'transmission.stopped',
    { kind: 'ended', end: 'stopped', code: 'transmit-request/revoked', detail: SECRET },
  ],
];

const factOf = (body: FactBody, second = 7): Fact => ({
  ...body,
  sequence: 4,
  at: atSecond(second).toISOString(),
});

const COPY = transmission('tx_1', 0, { clientReference: 'visit 7' });

const KINDS = [
  'record.needed',
  'transmit-request.created',
  'transmit-request.changed',
  'transmit-request.address-added',
  'transmit-request.paused',
  'transmit-request.resumed',
  'transmit-request.review-due',
  'transmit-request.revoked',
] as const satisfies readonly MilestoneKind[];

const milestone = (kind: MilestoneKind, more: Partial<Milestone> = {}): Milestone => ({
  id: `mil_${kind}` as MilestoneId,
  kind,
  requestId: COPY.requestId,
  patientKey: COPY.patientKey,
  addressKey: SECRET as AddressKey,
  at: atSecond(9).toISOString(),
  ...more,
});

const idOf = (body: FactBody) => reportOfFact(factOf(body), COPY)?.report.id;

const deferred = (attempt: number): FactBody => ({
  kind: 'deferred',
  attempt,
  code: 'deliver/deferred',
  nextAttemptAt: '',
});

const late = (noticeId: string): FactBody => ({ kind: 'late-notice', noticeId, disposition: '' });

describe('a fact as a report', () => {
  test.each(FACTS)('%s: %j', (expected, body) => {
    const told = reportOfFact(factOf(body), COPY);
    expect(told?.report.type).toBe(expected);
    expect(isNews(factOf(body))).toBe(expected !== undefined);
  });

  test('says whose copy it is, what happened when, and why', () => {
    expect(reportOfFact(factOf(deferred(2)), COPY)).toEqual({
      report: {
        id: expect.stringMatching(/^rep_[a-z2-7]{26}$/),
        type: 'transmission.deferred',
        at: atSecond(7).toISOString(),
        requestId: COPY.requestId,
        transmissionId: COPY.id,
        clientReference: 'visit 7',
        code: 'deliver/deferred',
        sequence: 4,
      },
      patientKey: COPY.patientKey,
      address: COPY.address,
    });
  });

  test('leaves out what there is not', () => {
    const told = reportOfFact(factOf({ kind: 'uncertain', attempt: 1 }), transmission('tx_1'));
    expect(Object.keys(told?.report ?? {})).not.toContain('clientReference');
    expect(Object.keys(told?.report ?? {})).not.toContain('code');
  });

  test('told again it is the same report, and a transmission has one end to tell of', () => {
    const ends = FACTS.map(([, body]) => body).filter(({ kind }) => kind === 'ended');
    const ids = ends.flatMap((end, at) => [
      reportOfFact(factOf(end, at), COPY)?.report.id,
      reportOfFact({ ...factOf(end, 99 + at), sequence: 70 + at }, COPY)?.report.id,
    ]);
    expect(new Set(ids).size).toBe(1);
    const other = reportOfFact(factOf(ends[0]!), transmission('tx_2'))?.report.id;
    expect(ids).not.toContain(other);
  });

  test('two attempts, and two notices, are two reports', () => {
    const ids = [deferred(1), deferred(2), late('a'), late('b')].map(idOf);
    expect(new Set(ids).size).toBe(4);
    expect(idOf(deferred(1))).toBe(ids[0]);
  });
});

const SOMEBODY = { kind: 'patient', subject: 'sub-1' } as const;

describe('a milestone as a report', () => {
  test.each(KINDS)('%s', (kind) => {
    const told = reportOfMilestone(
      milestone(kind, {
        clientReference: 'visit 7',
        code: 'transmit-request/address-failing',
        addressees: [COPY.address],
        by: SOMEBODY,
        directiveSha256: SECRET as Sha256,
      }),
    );
    expect(told).toEqual({
      report: {
        id: expect.stringMatching(/^rep_[a-z2-7]{26}$/),
        type: kind,
        at: atSecond(9).toISOString(),
        requestId: COPY.requestId,
        clientReference: 'visit 7',
        code: 'transmit-request/address-failing',
      },
      patientKey: COPY.patientKey,
      // For the audit and the patient's log; the report itself names nobody.
      addressees: [COPY.address],
      isOfOneAddress: true,
      by: SOMEBODY,
      directiveSha256: SECRET,
    });
  });

  test('told again it is the same report', () => {
    const [one, again] = [1, 2].map(() => reportOfMilestone(milestone('record.needed')));
    expect(one).toEqual(again);
    const other = reportOfMilestone(milestone('transmit-request.created'));
    expect(other.report.id).not.toBe(one?.report.id);
  });
});

describe('what others are told', () => {
  const REPORTS = [
    ...FACTS.flatMap(([, body]) => reportOfFact(factOf(body), COPY) ?? []),
    ...KINDS.map((kind) => reportOfMilestone(milestone(kind))),
  ].map(({ report }) => report);

  test('is of every type that there is', () => {
    expect(new Set(REPORTS.map(({ type }) => type))).toEqual(new Set(REPORT_TYPES));
  });

  test('holds ids, codes, times and the reference of the caller, and nothing of patient or address', () => {
    const known = ['id', 'type', 'at', 'requestId', 'transmissionId', 'clientReference', 'code'];
    for (const report of REPORTS) {
      expect(
        Object.keys(report).filter((field) => ![...known, 'sequence'].includes(field)),
      ).toEqual([]);
      const said = JSON.stringify(report);
      for (const hidden of [SECRET, COPY.patientId, COPY.patientKey, '@', COPY.batchId]) {
        expect(said).not.toContain(hidden);
      }
    }
  });
});
