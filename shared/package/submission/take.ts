import type { Now } from '../../clock.ts';
import type { ConsentStore } from '../../consent/store.ts';
import { sha256, submissionIdOf, type Sha256 } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { PatientStore } from '../../patient/store.ts';
import type { BytesStore } from '../../record/store.ts';
import type { SenderSettings, Settings } from '../../settings.ts';
import type { Ledger } from '../../transmission/ledger.ts';
import { probed, type ProbePorts } from '../../transmission/probe.ts';
import type { SubmissionStore } from '../../transmission/submission-store.ts';
import { isOwn } from '../../transmit-request/own-address.ts';
import type { TransmitRequestStore } from '../../transmit-request/store.ts';
import type { XdrAddressing, XdrRequest, XdrSubmission } from '../xdr/xdr.ts';
import { allowed } from './allowed.ts';
import { checkedParts } from './checked-parts.ts';
import { chosenParts } from './chosen-parts.ts';
import { openingsOf, type Sending } from './openings.ts';
import { whoseSubmission } from './whose.ts';

export interface TakeSubmissionPorts extends ProbePorts {
  readonly patients: Pick<PatientStore, 'byIdentifier'>;
  readonly consents: Pick<ConsentStore, 'standing'>;
  readonly requests: Pick<TransmitRequestStore, 'standing'>;
  readonly ledger: Pick<Ledger, 'openedOn'> & ProbePorts['ledger'];
  readonly submissions: SubmissionStore;
  readonly recordBytes: Pick<BytesStore, 'put'>;
  readonly settings: Settings;
  readonly now: Now;
}

/** A request to send, the bytes that it came as, and the subject of whoever sent it. */
export interface Submitting {
  readonly request: Pick<XdrRequest, 'messageId' | 'level'>;
  readonly addressing: XdrAddressing;
  readonly submission: XdrSubmission;
  readonly entity: Uint8Array;
  readonly client: string;
}

export interface TakenIn {
  /** An earlier call had taken it already, and nothing was done. */
  readonly replayed: boolean;
  readonly copies: number;
}

/**
 * Takes a submission: all its copies are opened, or none. Who sends the same again is told that it was taken, whatever has
 * become of it since. Bytes are stored before the copies that point at them.
 *
 * @failure package/message-id-reused, transmit-request/no-address, transmit-request/too-many-addresses,
 *   transmit-request/own-address, transmit-request/unknown-sender, record/held, record/excluded, and the codes of `checkedParts`, `whoseSubmission`
 *   and `allowed`
 * @failure edge/unavailable somebody was faster each time
 */
export async function takeSubmission(
  submitting: Submitting,
  ports: TakeSubmissionPorts,
): Promise<Outcome<TakenIn>> {
  const { request, client } = submitting;
  const id = submissionIdOf(client, request.messageId);
  const contentSha256 = contentOf(submitting);
  const known = await ports.submissions.find(id);
  if (known) return replayed(known.contentSha256, contentSha256);
  const understood = await understoodBy(submitting, ports);
  if (!understood.ok) return understood;
  return opened({ id, contentSha256, ...understood.value }, ports);
}

const replayed = (kept: Sha256, posted: Sha256): Outcome<TakenIn> =>
  kept === posted ? done({ replayed: true, copies: 0 }) : fail('package/message-id-reused');

/** What it says and asks for, whatever envelope it came in. */
const contentOf = ({ request, addressing, submission }: Submitting): Sha256 =>
  sha256(
    JSON.stringify([
      request.level ?? '',
      addressing.from ?? '',
      addressing.to,
      submission.objects,
      submission.documents.map(({ id, bytes }) => [id, sha256(bytes)]),
    ]),
  );

type Understood = Omit<Sending, 'id' | 'contentSha256'>;

/** Whose it is, and that it may be sent at all, whoever the recipients are. */
async function understoodBy(
  { request, addressing, submission, entity, client }: Submitting,
  { patients, settings }: TakeSubmissionPorts,
): Promise<Outcome<Understood>> {
  const recipients = addressing.to;
  if (recipients.length === 0) return fail('transmit-request/no-address');
  if (recipients.length > MAX_RECIPIENTS) return fail('transmit-request/too-many-addresses');
  const own = settings.senders.map(({ address }) => address);
  if (recipients.some((each) => isOwn(each, own))) return fail('transmit-request/own-address');
  const sender = senderOf(addressing, client, settings);
  if (!sender) return fail('transmit-request/unknown-sender');
  const parts = checkedParts(submission);
  if (!parts.ok) return parts;
  const chosen = chosenParts(parts.value, settings.sensitive);
  if (!chosen.ok) return chosen;
  const patient = await whoseSubmission(submission, parts.value, patients);
  if (!patient.ok) return patient;
  const { messageId } = request;
  const from = sender.address;
  return done({ patient: patient.value, recipients, sender: from, messageId, client, entity });
}

/** Whom it names, else the first in whose name this system may send. */
function senderOf(
  { from }: XdrAddressing,
  client: string,
  { senders, xdr }: Settings,
): SenderSettings | undefined {
  const mayBe = xdr.find(({ subject }) => subject === client)?.senders;
  const named = from?.toLowerCase();
  return senders.find(
    ({ address }) =>
      (mayBe?.some((each) => each.toLowerCase() === address.toLowerCase()) ?? true) &&
      (named === undefined || named === address.toLowerCase()),
  );
}

/** As many as one request may name; all of them are opened in one transaction. */
const MAX_RECIPIENTS = 10;

/** Each loses against somebody who changed a request, or took the same submission, meanwhile. */
const TRIES = 10;

async function opened(sending: Sending, ports: TakeSubmissionPorts): Promise<Outcome<TakenIn>> {
  const { id, contentSha256, patient, entity } = sending;
  // A place of its own: what one submission needs no more another may.
  const bytesAt = `submissions/${patient.key}/${id}/${sha256(entity)}`;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const now = ports.now();
    const basis = await allowed(sending, now, ports);
    if (!basis.ok) return basis;
    await ports.recordBytes.put(bytesAt, entity);
    const isProbed = await probed(patient.key, ports);
    const openings = openingsOf(
      { ...sending, bytesAt },
      basis.value,
      ports.settings,
      now,
      isProbed,
    );
    const taken = { id, patientKey: patient.key, contentSha256, at: now.toISOString() };
    const answer = await ports.submissions.take(taken, openings, basis.value.asRead);
    if (answer === 'taken') return done({ replayed: false, copies: sending.recipients.length });
    const known = await ports.submissions.find(id);
    if (known) return replayed(known.contentSha256, contentSha256);
  }
  return fail('edge/unavailable');
}
