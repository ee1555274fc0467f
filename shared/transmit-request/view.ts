import type { FailureCode } from '../failures.ts';
import { addressKeyOf } from '../ids.ts';
import type { Language } from '../language.ts';
import { placeOf } from '../page.ts';
import { saysOf } from '../says-of.ts';
import type { RequestAddress, TransmitRequest } from './transmit-request.ts';

/**
 * A request as its patient and the patient's portal see it in a list.
 *
 * @param language of the sentences that say why it is paused
 */
export const viewOfRequest = (
  { directive, ...request }: TransmitRequest,
  language: Language,
): object => ({
  id: request.id,
  patientId: request.patientId,
  status: request.status,
  frequency: request.frequency,
  schedule: request.schedule,
  triggers: request.triggers,
  addresses: addressesOf({ directive, ...request }).map((each) => ({
    ...withReason(each, language),
    addedWith: undefined,
  })),
  sender: request.sender,
  language: request.language,
  until: request.until,
  clientReference: request.clientReference,
  consentId: directive.consentId,
  basis: directive.basis,
  signatureName: directive.signatureName,
  directiveSha256: directive.sha256,
  createdAt: request.createdAt,
  createdBy: directive.actor.kind,
  authorityEndsAt: request.authorityEndsAt,
  servedAt: request.servedAt,
  nextRunAt: request.nextRunAt,
  reviewAt: request.reviewAt,
  reviewReportedAt: request.reviewReportedAt,
  pausesAt: request.pausesAt,
  paused: withReason(request, language).paused,
  revokedAt: request.revokedAt,
  version: request.version,
});

/** A request that is shown alone, and what is said of it besides. */
export interface Shown {
  readonly request: TransmitRequest;
  /** Whether an earlier call had left it already. */
  readonly replayed?: boolean;
}

/** The same alone, with all the evidence of what was asked for. */
export const viewOfShown = ({ request, ...besides }: Shown, language: Language): object => ({
  ...viewOfRequest(request, language),
  directives: [request.directive, ...(request.amendments ?? [])],
  resumptions: request.resumptions,
  ...besides,
  replayed: undefined,
});

/** The same for each of a list. */
export const viewIn =
  (language: Language) =>
  (request: TransmitRequest): object =>
    viewOfRequest(request, language);

/** Where a request stands in a list of them. */
export const placeInList = ({ createdAt, id }: TransmitRequest): string => placeOf(createdAt, id);

/** Where a request is found. */
export const pathOfRequest = ({ patientId, id }: TransmitRequest): string =>
  `/v1/patients/${patientId}/transmit-requests/${id}`;

/** The same, saying in a sentence why it is paused, if it is. */
const withReason = <Pausable extends { readonly paused?: { readonly code: FailureCode } }>(
  each: Pausable,
  language: Language,
): Pausable =>
  each.paused === undefined
    ? each
    : { ...each, paused: { ...each.paused, sentence: saysOf(each.paused.code, language) } };

/**
 * In the order in which they were asked for last, and behind them those that were asked for before and are stopped: the
 * store keeps none.
 */
export function addressesOf({
  addresses,
  directive,
  amendments = [],
}: TransmitRequest): readonly RequestAddress[] {
  const asked = [directive, ...amendments].toReversed().flatMap((each) => each.addresses);
  const keys = new Set(asked.map(addressKeyOf));
  return [...keys].flatMap((key) => addresses[key] ?? []);
}
