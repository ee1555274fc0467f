import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { MilestoneId } from '../../shared/ids.ts';
import { LANGUAGES } from '../../shared/language.ts';
import { ACTIONS, type Activity } from '../../shared/report/activity/activity.ts';
import {
  activityOf,
  activityOfConsent,
  activityOfDocument,
} from '../../shared/report/activity/activity-of.ts';
import { activityPage, placeOfActivity } from '../../shared/report/activity/log.ts';
import { sentenceOfAction } from '../../shared/report/activity/sentences.ts';
import { viewOfActivity } from '../../shared/report/activity/view.ts';
import type { Report, ReportType } from '../../shared/report/report.ts';
import { reportOfMilestone } from '../../shared/report/report-of.ts';
import { activityStore } from '../../shared/adapters/dynamo/activities.ts';
import type { MilestoneKind } from '../../shared/transmit-request/milestone.ts';
import { ADA_KEY, consent, document, KIM, LEE, report } from '../contracts/stores/samples.ts';
import { atSecond } from '../support/histories.ts';
import { cases } from '../support/counts.ts';
import { memoryTable } from '../support/memory/table.ts';

const REP = { kind: 'representative', subject: 'rep-1' } as const;

const ofCopy = (type: ReportType, more: Partial<Report> = {}): Activity | undefined =>
  activityOf({ report: report({ type, ...more }), patientKey: ADA_KEY, address: LEE });

const ofRequest = (kind: MilestoneKind, more: object = {}): Activity | undefined =>
  activityOf(
    reportOfMilestone({
      id: 'mil_1' as MilestoneId,
      kind,
      requestId: report().requestId,
      patientKey: ADA_KEY,
      addressees: [LEE, KIM],
      at: atSecond(3).toISOString(),
      ...more,
    }),
  );

describe('the log of a patient tells of', () => {
  test.each<[ReportType, Partial<Report>, string | undefined]>([
    ['transmission.sent', {}, 'copy-sent'],
    ['transmission.uncertain', {}, 'copy-uncertain'],
    ['transmission.delivered', {}, 'copy-delivered'],
    ['transmission.failed', {}, 'copy-failed'],
    ['transmission.stopped', {}, 'copy-stopped'],
    ['transmission.sent', { isProbe: true }, 'probe-sent'],
    ['transmission.failed', { isProbe: true }, 'probe-failed'],
    ['transmission.delivered', { isProbe: true }, undefined],
    ['transmission.requested', {}, undefined],
    ['transmission.deferred', {}, undefined],
    ['transmission.processed', {}, undefined],
    ['transmission.dispatched', {}, undefined],
    ['transmission.late-notice', {}, undefined],
  ])('a copy: %s %j: %s', (type, more, action) => {
    const activity = ofCopy(type, more);
    expect(activity?.action).toBe(action);
    expect(activity?.addressees).toEqual(action === undefined ? undefined : [LEE]);
    expect(activity?.by).toBeUndefined();
  });

  test.each<[MilestoneKind, string | undefined, string | undefined]>([
    ['transmit-request.created', 'request-made', 'request-made'],
    ['transmit-request.changed', 'request-changed', 'request-changed'],
    ['transmit-request.address-added', 'address-added', 'address-added'],
    ['transmit-request.paused', 'request-paused', 'address-paused'],
    ['transmit-request.resumed', 'request-resumed', 'address-resumed'],
    ['transmit-request.revoked', 'request-stopped', 'address-stopped'],
    ['transmit-request.review-due', 'review-due', 'review-due'],
    ['record.needed', undefined, undefined],
  ])('a request: %s: as a whole %s, of one address %s', (kind, whole, one) => {
    expect(ofRequest(kind)?.action).toBe(whole);
    const ofOne = ofRequest(kind, { addressKey: 'key', addressees: [KIM], by: REP });
    expect(ofOne?.action).toBe(one);
    expect([ofOne?.addressees, ofOne?.by]).toEqual(
      one === undefined ? [undefined, undefined] : [[KIM], REP],
    );
  });

  test.each(['accepted', 'rejected', 'withdrawn'] as const)('a consent text %s', (decision) => {
    expect(activityOfConsent(consent('con_1', 4, { decision, actor: REP }))).toEqual({
      id: 'con_1',
      at: atSecond(4).toISOString(),
      action: `consent-${decision}`,
      by: REP,
      addressees: [],
    });
  });

  test('a document that was let go, as long as it is the one that is kept', () => {
    const kept = document('discharge', 'text', 0);
    const released = { sha256: kept.sha256, by: 'desk', at: atSecond(5).toISOString() };
    expect(activityOfDocument(kept)).toBeUndefined();
    expect(activityOfDocument({ ...kept, released })).toMatchObject({
      action: 'document-released',
      at: released.at,
    });
    const other = document('discharge', 'another text', 0);
    expect(activityOfDocument({ ...other, released })).toBeUndefined();
  });

  test('the same line when it is told again', () => {
    expect(ofCopy('transmission.sent')).toEqual(ofCopy('transmission.sent'));
  });
});

describe('a line as it is shown', () => {
  const line: Activity = {
    id: 'rep_1',
    at: atSecond(0).toISOString(),
    action: 'address-stopped',
    by: REP,
    addressees: [LEE],
    requestId: 'req_1',
  };
  const shownTo = (
    kind: 'patient' | 'representative' | 'provider',
    subject: string,
    by = line.by,
  ) => viewOfActivity({ ...line, ...(by && { by }) }, { kind, subject }, 'en');

  test('says `you` to whoever did it, and to others only what he is', () => {
    expect(shownTo('representative', 'rep-1').who).toEqual({ kind: 'you' });
    expect(shownTo('representative', 'rep-2').who).toEqual({ kind: 'representative' });
    expect(shownTo('patient', 'rep-1').who).toEqual({ kind: 'representative' });
    for (const kind of ['system', 'admin'] as const) {
      expect(shownTo('patient', 'ada', { kind, subject: 'ehr' }).who).toEqual({
        kind: 'data-holder',
      });
    }
    const { by: _, ...nobodys } = line;
    expect(viewOfActivity(nobodys, REP, 'en').who).toEqual({ kind: 'system' });
  });

  test('names nobody’s subject, whoever asks', () => {
    expect(JSON.stringify(shownTo('patient', 'ada'))).not.toContain('rep-1');
    expect(JSON.stringify(shownTo('representative', 'rep-1'))).not.toContain('rep-1');
  });

  test('says why, in the language of the reader', () => {
    const failed = { ...line, action: 'copy-failed', code: 'trust/expired' } as const;
    expect(viewOfActivity(failed, REP, 'en')).toMatchObject({
      code: 'trust/expired',
      sentence: expect.stringMatching(/^A copy .+ The certificate has expired\.$/),
    });
    expect(viewOfActivity(failed, REP, 'es').sentence).toMatch(/^No se confirmó .+\. .+\.$/);
  });

  test.each(ACTIONS)('%s has one sentence in each language', (action) => {
    const sentences = LANGUAGES.map((language) => sentenceOfAction(action, language));
    expect(new Set(sentences).size).toBe(LANGUAGES.length);
    for (const each of sentences) expect(each).toMatch(/^[A-Z][^.]+\.$/);
  });
});

test('a log is read from its newest line to its oldest, each once, however many a page has', async () => {
  const anyLine = fc.record({ second: fc.nat(20), told: fc.boolean(), id: fc.uuid() });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyLine, { maxLength: 30, selector: ({ id }) => id }),
      fc.integer({ min: 1, max: 7 }),
      async (lines, limit) => {
        const store = activityStore(memoryTable());
        const told = lines.filter((each) => each.told);
        for (const { id, second } of told) {
          const activity = {
            ...ofCopy('transmission.sent')!,
            id,
            at: atSecond(second).toISOString(),
          };
          await store.keep([{ patientKey: ADA_KEY, activity }]);
        }
        const answers = lines
          .filter((each) => !each.told)
          .map(({ id, second }) => consent(id, second));
        const ports = {
          activities: store,
          consents: { list: async () => answers },
          records: { list: async () => [] },
        };
        const read: Activity[] = [];
        let after: string | undefined;
        do {
          const page = await activityPage(ADA_KEY, { limit, ...(after && { after }) }, ports);
          expect(page.items.length).toBeLessThanOrEqual(limit);
          read.push(...page.items);
          after = page.next;
        } while (after !== undefined);
        const places = read.map(placeOfActivity);
        expect(places).toEqual([...places].sort().toReversed());
        expect(new Set(read.map(({ id }) => id))).toEqual(new Set(lines.map(({ id }) => id)));
        expect(read).toHaveLength(lines.length);
      },
    ),
    { numRuns: cases(60) },
  );
});
