import type { Consent } from '../../consent/consent.ts';
import type { RecordDocument } from '../../record/record.ts';
import { isReleased } from '../../record/release.ts';
import type { Audited, ReportType } from '../report.ts';
import type { Action, Activity } from './activity.ts';

/** What a report about a request is to its patient: as a whole, and of one address. What is absent is for others. */
const OF_REQUESTS: Readonly<
  Partial<Record<ReportType, { readonly whole: Action; readonly one: Action }>>
> = {
  'transmit-request.created': both('request-made'),
  'transmit-request.changed': both('request-changed'),
  'transmit-request.address-added': both('address-added'),
  'transmit-request.paused': { whole: 'request-paused', one: 'address-paused' },
  'transmit-request.resumed': { whole: 'request-resumed', one: 'address-resumed' },
  'transmit-request.revoked': { whole: 'request-stopped', one: 'address-stopped' },
  'transmit-request.review-due': both('review-due'),
};

/** Steps on the way are in the timeline of the copy: here stands that it left, and how it ended. */
const OF_COPIES: Readonly<Partial<Record<ReportType, Action>>> = {
  'transmission.sent': 'copy-sent',
  'transmission.uncertain': 'copy-uncertain',
  'transmission.delivered': 'copy-delivered',
  'transmission.failed': 'copy-failed',
  'transmission.stopped': 'copy-stopped',
};

/** No record left with it, so it counts only that somebody was written to, and that it came to nothing. */
const OF_PROBES: Readonly<Partial<Record<ReportType, Action>>> = {
  'transmission.sent': 'probe-sent',
  'transmission.failed': 'probe-failed',
};

function both(action: Action): { readonly whole: Action; readonly one: Action } {
  return { whole: action, one: action };
}

/** The line that a report is in the log of its patient; undefined of what is for others. */
export function activityOf({
  report,
  address,
  addressees,
  isOfOneAddress,
  by,
}: Audited): Activity | undefined {
  const { id, at, type, isProbe, code, requestId, clientReference, transmissionId } = report;
  const action = isProbe ? OF_PROBES[type] : actionOf(type, isOfOneAddress === true);
  if (action === undefined) return undefined;
  return {
    id,
    at,
    action,
    addressees: address === undefined ? (addressees ?? []) : [address],
    ...(by !== undefined && { by }),
    requestId,
    ...(clientReference !== undefined && { clientReference }),
    ...(transmissionId !== undefined && { transmissionId }),
    ...(code !== undefined && { code }),
  };
}

function actionOf(type: ReportType, isOfOneAddress: boolean): Action | undefined {
  const of = OF_REQUESTS[type];
  if (of === undefined) return OF_COPIES[type];
  return isOfOneAddress ? of.one : of.whole;
}

/** An answer of the patient to a consent text. */
export const activityOfConsent = ({ id, at, decision, actor }: Consent): Activity => ({
  id,
  at,
  action: `consent-${decision}`,
  by: actor,
  addressees: [],
});

/** That the data holder's staff let a sensitive document go, as long as it is the one that is kept. */
export function activityOfDocument(document: RecordDocument): Activity | undefined {
  const { released, sha256 } = document;
  if (released === undefined || !isReleased(document)) return undefined;
  const { at, by } = released;
  return {
    id: sha256,
    at,
    action: 'document-released',
    by: { kind: 'system', subject: by },
    addressees: [],
  };
}
