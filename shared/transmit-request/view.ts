import { addressKeyOf } from '../ids.ts';
import type { RequestAddress, TransmitRequest } from './transmit-request.ts';

/** A request as its patient and the patient's portal see it. */
export const viewOfRequest = ({ directive, ...request }: TransmitRequest): object => ({
  id: request.id,
  patientId: request.patientId,
  status: request.status,
  frequency: request.frequency,
  schedule: request.schedule,
  triggers: request.triggers,
  addresses: addressesOf({ directive, ...request }),
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
  servedAt: request.servedAt,
  nextRunAt: request.nextRunAt,
  reviewAt: request.reviewAt,
  reviewReportedAt: request.reviewReportedAt,
  pausesAt: request.pausesAt,
  paused: request.paused,
  revokedAt: request.revokedAt,
  version: request.version,
});

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
