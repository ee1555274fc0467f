import type { Now } from '../clock.ts';
import { milestoneIdOf, type PatientKey, type RequestId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { RecordList } from '../record/store.ts';
import type { Settings } from '../settings.ts';
import type { Milestone } from '../transmit-request/milestone.ts';
import type { TransmitRequestStore } from '../transmit-request/store.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import { isDue, type Window } from '../trigger/window.ts';
import { windowDecision, type Seen, type WindowDecision } from '../trigger/window-decision.ts';
import type { WindowStore } from '../trigger/window-store.ts';
import type { Ledger } from './ledger.ts';
import { openingOf } from './opening.ts';
import { probed, type ProbePorts } from './probe.ts';

export interface ClosePorts extends ProbePorts {
  readonly windows: WindowStore;
  readonly requests: Pick<TransmitRequestStore, 'get'>;
  readonly records: RecordList;
  readonly ledger: Pick<Ledger, 'open' | 'openedOn'> & ProbePorts['ledger'];
  readonly settings: Settings;
  readonly metrics: Metrics;
  readonly now: Now;
  readonly log: Log;
}

/** Each loses against a trigger that joined, or a change of the request, between reading and writing. */
const TRIES = 10;

/**
 * Looks at the window of a request, if there is one and its time has come: closes it, and with it opens its copies; or
 * lets it wait; or drops it.
 *
 * @throws Error when somebody was faster each time: it is due, and is looked at again
 */
export async function lookAtWindow(id: RequestId, ports: ClosePorts): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if ((await lookOnce(id, ports)) === 'settled') return;
  }
  throw new Error('A window changed each time that it was to be closed');
}

async function lookOnce(
  id: RequestId,
  ports: ClosePorts,
): Promise<'settled' | 'changed-meanwhile'> {
  const window = await ports.windows.read(id);
  const now = ports.now();
  if (!window || !isDue(window, now)) return 'settled';
  const { patientKey } = window;
  const [request, documents, copiesToday] = await Promise.all([
    ports.requests.get(patientKey, id),
    recordOf(patientKey, ports),
    ports.ledger.openedOn(patientKey, now, ports.settings.triggers.copiesADay),
  ]);
  if (!request.ok) return dropped(window, ports);
  const seen = { window, request: request.value, documents, copiesToday };
  const decision = windowDecision(seen, now, ports.settings.triggers);
  switch (decision.do) {
    case 'leave':
      return 'settled';
    case 'drop':
      return dropped(window, ports);
    case 'wait':
      return kept(window, decision, request.value, now, ports);
    case 'close':
      return closed(window, decision, request.value, now, ports);
  }
}

const recordOf = (
  patient: PatientKey,
  { records, settings }: ClosePorts,
): Promise<Seen['documents']> =>
  settings.recordSource.kind === 'uploaded'
    ? records.list(patient)
    : Promise.resolve('elsewhere' as const);

type Settled = ReturnType<typeof lookOnce>;

async function dropped(window: Window, { windows, log }: ClosePorts): Settled {
  const answer = await windows.change(window, 'dropped');
  if (answer !== 'changed') return answer;
  log.info('window-closed', { requestId: window.requestId, count: 0 });
  return 'settled';
}

async function kept(
  read: Window,
  { window, begins }: Extract<WindowDecision, { do: 'wait' }>,
  request: TransmitRequest,
  now: Date,
  { windows, log }: ClosePorts,
): Settled {
  const told = begins && recordNeeded(read, begins, request, now);
  const answer = await windows.change(read, window, told);
  if (answer !== 'changed') return answer;
  log.info('window-waits', { requestId: read.requestId, ...(told?.code && { code: told.code }) });
  return 'settled';
}

/** One for each batch and reason, however often it is written down. */
function recordNeeded(
  { requestId, patientKey, batchId }: Window,
  why: 'none' | 'older',
  { clientReference }: TransmitRequest,
  now: Date,
): Milestone {
  return {
    id: milestoneIdOf(requestId, 'record.needed', `${batchId} ${why}`),
    kind: 'record.needed',
    requestId,
    patientKey,
    ...(clientReference === undefined ? {} : { clientReference }),
    code: why === 'none' ? 'record/none' : 'record/stale',
    at: now.toISOString(),
  };
}

async function closed(
  window: Window,
  decision: Extract<WindowDecision, { do: 'close' }>,
  request: TransmitRequest,
  now: Date,
  ports: ClosePorts,
): Settled {
  const { ledger, settings, metrics, log } = ports;
  const isProbed = await probed(window.patientKey, ports);
  const opening = openingOf({ window, request }, decision, settings, now, isProbed);
  const answer = await ledger.open(opening);
  if (answer !== 'opened') return answer;
  metrics.put('WindowClosed', 1);
  log.info('window-closed', { requestId: window.requestId, count: opening.copies.length });
  return 'settled';
}
