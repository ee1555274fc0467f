import { later } from '../../clock.ts';
import { admit, type AdmissionPorts } from '../../deliver/admission.ts';
import type { Relay } from '../../deliver/relay.ts';
import type { Route, RouteTo } from '../../deliver/route.ts';
import { ruleOf, type FailureCode } from '../../failures.ts';
import { answerMessageIdOf, domainOf, type AnswerId } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { SigningKeys } from '../../secure/keys.ts';
import { secureBytes, type Unsecured } from '../../secure/secure.ts';
import type { Settings } from '../../settings.ts';
import type { StopReader } from '../../switches.ts';
import { recipientOf, type RecipientPorts } from '../../trust/recipient.ts';
import type { Answer, AnswerStore } from './answer.ts';
import { answerMail } from './answer-mail.ts';

export interface SendAnswerPorts
  extends Omit<AdmissionPorts, 'settings' | keyof Route>, Omit<RecipientPorts, 'settings'> {
  readonly answers: AnswerStore;
  readonly keys: SigningKeys;
  readonly messageIdSecret: () => Promise<string>;
  readonly routeTo: RouteTo;
  readonly stops: StopReader;
  readonly settings: Pick<Settings, 'discovery' | 'keyTransport' | 'relay' | 'trust'>;
}

/** Fewer than a queue gives a message before it is a dead letter: nobody has to look at what was given up. */
const MOST_ATTEMPTS = 3;

/** Longer than a worker takes, shorter than its queue hides the ring. */
const LEASE_SECONDS = 300;

/** What became of an attempt: an answer that waits is tried again at the next ring. */
export interface AnswerAttempt {
  readonly status: Answer['status'];
  /** Why it was not sent. */
  readonly code?: FailureCode;
}

/**
 * Sends one answer to a letter: claim, then as a copy goes. It holds nothing of anybody's record, so what may have left
 * is sent again: with the same Message-ID, so that whoever gets both knows.
 *
 * @failure notification/unknown-answer, /answered: there was nothing to do
 */
export async function sendAnswer(
  id: AnswerId,
  ports: SendAnswerPorts,
): Promise<Outcome<AnswerAttempt>> {
  const { answers, now } = ports;
  // Before it is claimed: a wait for somebody's word is no attempt.
  if (await ports.stops.stopOf('sending')) {
    return done({ status: 'waiting', code: 'deliver/stopped' });
  }
  const claimed = await answers.change(id, (current) => claimedBy(current, now()));
  if (!claimed.ok) return claimed;
  const answer = claimed.value;
  if (answer.status !== 'waiting') return fail('notification/answered');
  const sent = await submit(answer, ports);
  const status = statusAfter(sent, answer);
  const settled = await answers.change(id, (current) =>
    current.version === answer.version
      ? done({ ...unleased(current), status })
      : fail('notification/answered'),
  );
  if (!settled.ok) return settled;
  return done(sent.ok ? { status } : { status, code: sent.failure.code });
}

/** @failure notification/answered */
function claimedBy(answer: Answer, now: Date): Outcome<Answer> {
  const { status, attempts, leasedUntil = '', expiresAt } = answer;
  const at = now.toISOString();
  if (status !== 'waiting' || at < leasedUntil) return fail('notification/answered');
  // Its workers died one after the other, or nobody rang for a day.
  if (attempts >= MOST_ATTEMPTS || at > expiresAt) return done({ ...answer, status: 'given-up' });
  const lease = later(now, LEASE_SECONDS).toISOString();
  return done({ ...answer, attempts: attempts + 1, leasedUntil: lease });
}

function unleased(answer: Answer): Answer {
  const { leasedUntil: _, ...rest } = answer;
  return rest;
}

function statusAfter(sent: Outcome<unknown>, { attempts }: Answer): Answer['status'] {
  if (sent.ok) return 'sent';
  return ruleOf(sent.failure.code).retry && attempts < MOST_ATTEMPTS ? 'waiting' : 'given-up';
}

async function submit(answer: Answer, given: SendAnswerPorts): Promise<Outcome<unknown>> {
  const ports = { ...given, ...given.routeTo(answer.to) };
  const admission = await admit(ports);
  if (!admission.admitted) return { ok: false, failure: admission.failure };
  const { relay } = admission;
  try {
    const bytes = await bytesOf(answer, relay, ports);
    return bytes.ok ? await relay.submit({ ...ends(answer), bytes: bytes.value }) : bytes;
  } finally {
    await admission.leave();
  }
}

const ends = ({ from, to }: Answer) => ({ from, to });

/** @failure notification/unanswerable, discover/*, trust/*, secure/no-identity, secure/unusable-key */
async function bytesOf(
  answer: Answer,
  { form }: Relay,
  ports: SendAnswerPorts,
): Promise<Outcome<Uint8Array>> {
  if (form === 'xdr') return fail('notification/unanswerable');
  const { from, to } = answer;
  const messageId = answerMessageIdOf(answer.id, await ports.messageIdSecret(), domainOf(from));
  const date = ports.now();
  const inner = answerMail(answer, messageId, date);
  return form === 'clear' ? done(inner) : sealed({ from, to, messageId, date, inner }, ports);
}

async function sealed(mail: Unsecured, ports: SendAnswerPorts): Promise<Outcome<Uint8Array>> {
  const { outcome: recipient } = await recipientOf(mail.to, ports);
  if (!recipient.ok) return recipient;
  const signer = await ports.keys.signing(mail.from);
  if (!signer.ok) return signer;
  const certificates = recipient.value.certificates.map(({ der }) => der);
  const { domains, default: usual } = ports.settings.keyTransport;
  const keyTransport = domains[domainOf(mail.to)] ?? usual;
  return done((await secureBytes(mail, signer.value, certificates, { keyTransport })).bytes);
}
