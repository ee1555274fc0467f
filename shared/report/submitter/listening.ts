import type { Now } from '../../clock.ts';
import { afterAnswer, afterFailure, passageOf, type CircuitStore } from '../../deliver/circuit.ts';
import type { Log } from '../../log.ts';
import type { Metrics } from '../../metrics.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Settings } from '../../settings.ts';
import type { Ledger } from '../../transmission/ledger.ts';
import type { Delivery } from '../delivery.ts';
import type { Listening } from '../delivery/listening.ts';
import type { Posted } from '../delivery/posted.ts';
import { keptWaiting, REST_SECONDS } from '../webhook/rest.ts';
import { endAsXdr } from './end-as-xdr.ts';
import { reportTo } from './tell-submitters.ts';

/**
 * How a system that sent by XDR is told by XDR: it has taken the report when it answers with a RegistryResponse of
 * success. Never throws, follows no redirect, and answers within fifteen seconds.
 */
export type SubmitterPost = (url: string, entity: Uint8Array) => Promise<Posted>;

export interface SubmitterListeningPorts {
  readonly ledger: Pick<Ledger, 'identity'>;
  readonly settings: Pick<Settings, 'xdr'>;
  readonly postXdr: SubmitterPost;
  /** What all workers know of how a submitter fares. */
  readonly circuitOf: (submitter: string) => CircuitStore;
  readonly metrics: Metrics;
  readonly now: Now;
  readonly log: Log;
}

/** As a webhook: one attempt that it did not answer is enough. */
const REST = { circuitOpensAfterFailures: 1, circuitOpenSeconds: REST_SECONDS };

/**
 * @failure report/unknown-submitter the settings do not say any more where it is told
 * @failure transmission/unknown
 */
export async function submitterListening(
  attempt: Delivery & { readonly submitter: string },
  ports: SubmitterListeningPorts,
): Promise<Outcome<Listening>> {
  const { report, submitter } = attempt;
  const url = reportTo(submitter, ports.settings);
  if (url === undefined || report.transmissionId === undefined) {
    return fail('report/unknown-submitter');
  }
  const transmission = await ports.ledger.identity(report.transmissionId);
  if (!transmission.ok) return transmission;
  const entity = endAsXdr(attempt, transmission.value, url);
  if (!entity) return fail('report/unknown-submitter');
  const circuit = ports.circuitOf(submitter);
  return done({
    mayBeAsked: () => mayAsk(circuit, ports),
    post: () => ports.postXdr(url, entity),
    conclude: (posted, isGivenUp) => concludeOn(attempt, posted, isGivenUp, circuit, ports),
    words: {
      delivered: 'submitter-told',
      failed: 'submitter-untold',
      'put-off': 'submitter-put-off',
    },
    knownAs: {},
    failure: 'report/submitter-failed',
  });
}

async function mayAsk(circuit: CircuitStore, { now }: SubmitterListeningPorts): Promise<boolean> {
  const passage = passageOf(await circuit.read(), now(), REST);
  if (passage.kind !== 'probe') return passage.kind === 'closed';
  return circuit.replace(passage.after);
}

/** A submitter is never given up: it is a setting. What it was not told to the end is said. */
async function concludeOn(
  { id: deliveryId }: Delivery,
  posted: Posted,
  isGivenUp: boolean,
  circuit: CircuitStore,
  { metrics, now, log }: SubmitterListeningPorts,
): Promise<void> {
  const state = await circuit.read();
  if (keptWaiting(posted)) {
    await circuit.replace(afterFailure(state, now(), { isProbe: true, settings: REST }).after);
  } else if (state.openUntil !== undefined) await circuit.replace(afterAnswer(state));
  if (!isGivenUp) return;
  metrics.put('SubmitterUntold', 1);
  log.error('submitter-given-up', { deliveryId, code: 'report/submitter-failed' });
}
