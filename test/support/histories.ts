import type { MessageId, Sha256 } from '../../shared/ids.ts';
import type { Fact, FactBody } from '../../shared/transmission/facts.ts';
import type { History, Lease, Plan, Transmission } from '../../shared/transmission/transmission.ts';

export const START = new Date('2026-11-22T10:00:00.000Z');

export const atSecond = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);

export const PLAN: Plan = {
  delivery: 'processed-and-dispatched',
  processedWithinSeconds: 3600,
  dispatchedWithinSeconds: 7200,
  retryForSeconds: 86_400,
  retryAfterSeconds: [60, 300],
  leaseSeconds: 90,
  uncertainGraceSeconds: 600,
  uncertain: 'resend',
  unresolvedAfterSeconds: 259_200,
};

const TRANSMISSION = {
  id: 'tx_aaaaaaaaaaaaaaaaaaaaaaaaaa',
  requestId: 'req_aaaaaaaaaaaaaaaaaaaaaaaaaa',
  batchId: 'bat_aaaaaaaaaaaaaaaaaaaaaaaaaa',
  patientId: 'p1',
  patientKey: 'pat_a',
  address: 'dr.lee@direct.clinic.example',
  sender: 'records@direct.holder.example',
  createdAt: START.toISOString(),
} as unknown as Transmission;

/** A fact with what a test does not care about filled in; `second` counts from START. */
export type Told = readonly [second: number, fact: FactBody];

export const intent = (attempt = 1): FactBody => ({
  kind: 'intent',
  attempt,
  messageId: 'm@holder.example' as MessageId,
  messageSha256: '0'.repeat(64) as Sha256,
  messageBytes: 1000,
  certificates: ['f'.repeat(64)],
  proved: 'mailbox',
  documents: 1,
});

/** Of a copy that goes to somebody else's HISP. */
export const intentForHisp = (attempt = 1, hisp: 'clear' | 'xdr' = 'clear'): FactBody => ({
  kind: 'intent',
  attempt,
  messageId: 'm@holder.example' as MessageId,
  messageSha256: '0'.repeat(64) as Sha256,
  messageBytes: 1000,
  hisp,
  certificates: [],
  documents: 1,
});

/** The word of the HISP that has it. */
export const confirmed: FactBody = { kind: 'confirmed', noticeId: 'n-confirmed' };

export const accepted = (attempt = 1): FactBody => ({
  kind: 'accepted',
  attempt,
  receipt: '250 ok',
});

export const uncertain = (attempt = 1): FactBody => ({ kind: 'uncertain', attempt });

export const deferred = (attempt: number, nextAttemptSecond: number): FactBody => ({
  kind: 'deferred',
  attempt,
  code: 'deliver/deferred',
  nextAttemptAt: atSecond(nextAttemptSecond).toISOString(),
});

export const notice = (
  kind: 'processed' | 'dispatched' | 'recipient-failed',
  final = kind === 'dispatched',
): FactBody => ({ kind, noticeId: `n-${kind}`, final });

export const delivered: FactBody = { kind: 'ended', end: 'delivered' };

export const overdue: FactBody = {
  kind: 'ended',
  end: 'failed',
  code: 'notification/not-processed',
};

export const factsOf = (...told: readonly Told[]): readonly Fact[] =>
  told.map(([second, fact], index) => ({
    ...fact,
    sequence: index + 1,
    at: atSecond(second).toISOString(),
  }));

export const historyOf = (
  facts: readonly Fact[],
  { plan = {}, lease }: { plan?: Partial<Plan>; lease?: Lease } = {},
): History => ({
  transmission: { ...TRANSMISSION, plan: { ...PLAN, ...plan } },
  facts,
  ...(lease === undefined ? {} : { lease }),
});

export const RECIPIENT = TRANSMISSION.address;
