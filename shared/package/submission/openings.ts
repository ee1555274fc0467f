import {
  attestedRequestIdOf,
  batchIdOf,
  sha256,
  type DirectAddress,
  type Sha256,
  type SubmissionId,
} from '../../ids.ts';
import { languageFor } from '../../language.ts';
import type { Patient } from '../../patient/patient.ts';
import type { Settings } from '../../settings.ts';
import { openingOfSubmission } from '../../transmission/opening-of-submission.ts';
import type { IsProbed } from '../../transmission/probe.ts';
import type { TakenOpening } from '../../transmission/submission-store.ts';
import type { SubmissionRef } from '../../transmission/transmission.ts';
import { attestedRequest } from '../../transmit-request/directive.ts';
import type { Basis } from './allowed.ts';

/** A submission that is understood: what is still to be decided is whether each recipient may be sent to. */
export interface Sending {
  readonly id: SubmissionId;
  readonly contentSha256: Sha256;
  readonly patient: Patient;
  /** One to ten. */
  readonly recipients: readonly DirectAddress[];
  readonly sender: DirectAddress;
  readonly messageId: string;
  /** The subject of a system client. */
  readonly client: string;
  readonly entity: Uint8Array;
}

/** What is opened: of each request the copies that it is the reason for, and a new one for what the client asserts. */
export function openingsOf(
  sending: Sending & { readonly bytesAt: string },
  { asked, attested }: Basis,
  settings: Settings,
  now: Date,
  isProbed: IsProbed,
): readonly TakenOpening[] {
  const { id, sender, messageId, client, entity, bytesAt } = sending;
  const submission: SubmissionRef = { bytesAt, sha256: sha256(entity), messageId, client };
  const submitted = { batchId: batchIdOf(id), sender, submission };
  const openings: TakenOpening[] = [...asked].map(([request, recipients]) =>
    openingOfSubmission(request, recipients, submitted, settings, now, isProbed),
  );
  if (attested.length === 0) return openings;
  const opening = openingOfSubmission(
    requestFor(sending, attested, now),
    attested,
    { ...submitted, submission: { ...submission, basis: 'holder-attested' } },
    settings,
    now,
    isProbed,
  );
  return [...openings, { ...opening, isNew: true }];
}

const requestFor = (
  { id, patient, sender, client }: Sending,
  addresses: readonly DirectAddress[],
  now: Date,
) =>
  attestedRequest({
    id: attestedRequestIdOf(patient.key, id),
    patient,
    addresses,
    sender,
    language: languageFor(patient.language),
    actor: { kind: 'system', subject: client },
    now,
  });
