import type { ConsentStore } from '../../consent/store.ts';
import type { DirectAddress } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Settings } from '../../settings.ts';
import type { Ledger } from '../../transmission/ledger.ts';
import type { VersionsRead } from '../../transmission/submission-store.ts';
import { standingOf } from '../../transmit-request/standing-of.ts';
import type { TransmitRequestStore } from '../../transmit-request/store.ts';
import type { TransmitRequest } from '../../transmit-request/transmit-request.ts';
import type { Sending } from './openings.ts';

export interface AllowedPorts {
  readonly consents: Pick<ConsentStore, 'standing'>;
  readonly requests: Pick<TransmitRequestStore, 'standing'>;
  readonly ledger: Pick<Ledger, 'openedOn'>;
  readonly settings: Pick<Settings, 'xdr' | 'xdrBasis' | 'triggers'>;
}

/** On what each recipient is sent to. */
export interface Basis {
  readonly asked: ReadonlyMap<TransmitRequest, readonly DirectAddress[]>;
  /** No request names them: the client asserts that it may be sent there. */
  readonly attested: readonly DirectAddress[];
  readonly asRead: VersionsRead;
}

/**
 * Whether a copy may go to each of the recipients: all of them, or nobody is sent to. What the patient stopped, or paused,
 * no client can assert; nor anything against a patient whose last answer is no.
 *
 * @failure transmit-request/none, transmit-request/revoked, transmit-request/paused, transmit-request/too-many-requests,
 *   consent/not-accepted, transmission/too-many
 */
export async function allowed(
  { patient, recipients, client }: Pick<Sending, 'patient' | 'recipients' | 'client'>,
  now: Date,
  { consents, requests, ledger, settings }: AllowedPorts,
): Promise<Outcome<Basis>> {
  const cap = settings.triggers.copiesADay;
  const today = await ledger.openedOn(patient.key, now, cap);
  // As with a window: more at once than a whole day's go, or they would never go.
  if (today > 0 && today + recipients.length > cap) return fail('transmission/too-many');
  const answered = await consents.standing(patient.key);
  const { requests: all, version } = await requests.standing(patient.key);
  const asked = new Map<TransmitRequest, DirectAddress[]>();
  const attested: DirectAddress[] = [];
  for (const address of recipients) {
    const standing = standingOf(address, all, now);
    if (standing.kind === 'asked') {
      asked.set(standing.request, [...(asked.get(standing.request) ?? []), address]);
    } else if (!mayAttest(client, settings)) return fail('transmit-request/none');
    else if (standing.kind === 'stopped') return fail(standing.code);
    else attested.push(address);
  }
  const last = answered.consents[0]?.decision ?? 'accepted';
  if (attested.length > 0 && last !== 'accepted') return fail('consent/not-accepted');
  if (attested.length > 0 && all.length >= MOST_KEPT) {
    return fail('transmit-request/too-many-requests');
  }
  return done({ asked, attested, asRead: { consents: answered.version, requests: version } });
}

/** Half of what is kept of a patient: what systems assert leaves room for what the patient asks. */
const MOST_KEPT = 500;

const mayAttest = (client: string, { xdr, xdrBasis }: AllowedPorts['settings']): boolean =>
  xdrBasis === 'holder-attested' && xdr.some(({ subject }) => subject === client);
