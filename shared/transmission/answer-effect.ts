import type { Consent } from '../consent/consent.ts';
import type { ConsentStore } from '../consent/store.ts';
import type { RequestId } from '../ids.ts';
import { isRunning } from '../transmit-request/running.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import type { InFlight } from './ledger.ts';
import { stopAll, type StopPorts } from './stop.ts';

export interface AnswerPorts extends StopPorts {
  readonly consents: Pick<ConsentStore, 'list'>;
}

/** What follows from an answer to a consent text, as whoever gave it is told. */
export interface AnswerEffect {
  /** Of a rejection, which ends nothing by itself: what goes on, so that somebody can decide. */
  readonly runningRequests?: readonly RequestId[];
  /** Of a withdrawal: what it ended, and the copies that may be leaving nevertheless. */
  readonly revokedRequests?: readonly RequestId[];
  readonly inFlight?: readonly InFlight[];
}

/** Does what follows from an answer that is on record. What is done twice is done once. */
export async function effectOf(answer: Consent, ports: AnswerPorts): Promise<AnswerEffect> {
  switch (answer.decision) {
    case 'accepted':
      return {};
    case 'rejected': {
      const all = await ports.requests.list(answer.patientKey);
      return { runningRequests: idsOf(all.filter((each) => isRunning(each, ports.now()))) };
    }
    case 'withdrawn':
      return withdrawn(answer, ports);
  }
}

/**
 * Ends all that runs. The withdrawal is on record, so nothing new comes in between; and a repeat ends what a crash left
 * running, but nothing that was asked for on a yes that was said later.
 */
async function withdrawn(withdrawal: Consent, ports: AnswerPorts): Promise<AnswerEffect> {
  const { patientKey, actor, at } = withdrawal;
  const since = acceptedAgain(withdrawal, await ports.consents.list(patientKey));
  const { requests, inFlight } = await stopAll(
    patientKey,
    actor,
    ports,
    ({ createdAt }) => since === undefined || createdAt < since,
  );
  const revoked = requests.filter(({ revokedAt = '' }) => revokedAt >= at);
  return { revokedRequests: idsOf(revoked), inFlight };
}

/** When the patient first said yes again. */
const acceptedAgain = ({ at }: Consent, consents: readonly Consent[]): string | undefined =>
  consents
    .filter((each) => each.decision === 'accepted' && each.at > at)
    .map((each) => each.at)
    .sort()
    .at(0);

const idsOf = (requests: readonly TransmitRequest[]): readonly RequestId[] =>
  requests.map(({ id }) => id);
