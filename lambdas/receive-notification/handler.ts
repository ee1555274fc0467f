import { keysOf } from '../../shared/edge/bucket-event.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { ruleOf, type FailureCode } from '../../shared/failures.ts';
import { domainOf } from '../../shared/ids.ts';
import type { Log } from '../../shared/log.ts';
import type { Metrics } from '../../shared/metrics.ts';
import type { NoticeFact } from '../../shared/notification/belief/word.ts';
import { channelOf, type Channel } from '../../shared/notification/channel.ts';
import type { Domains } from '../../shared/notification/domains.ts';
import { takeLetter, type TakeLetterPorts } from '../../shared/notification/letter/take-letter.ts';
import { receive, type ReceivePorts } from '../../shared/notification/receive.ts';
import type { BytesStore } from '../../shared/record/store.ts';
import type { Failure } from '../../shared/outcome.ts';
import type { Settings } from '../../shared/settings.ts';
import { statusOf } from '../../shared/status/status.ts';
import { processedSeconds } from '../../shared/transmission/durations.ts';

export interface ReceiveNotificationPorts extends ReceivePorts, TakeLetterPorts {
  readonly mail: Pick<BytesStore, 'get'>;
  readonly domains: Pick<Domains, 'confirmed'>;
  readonly settings: Settings;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * Mail that came in, one object at a time: notices, and letters, whose answers are sent by another function. Anything else
 * is left lying in the bucket, and said in the log.
 */
export const makeHandler = (ports: ReceiveNotificationPorts) =>
  onQueue(async (body) => {
    const faults: unknown[] = [];
    for (const key of keysOf(body)) await hear(key, ports).catch((error) => faults.push(error));
    // Only now: one that nobody can hear must not keep those that came with it unheard.
    if (faults.length > 0) throw faults[0];
  }, ports.log);

async function hear(key: string, ports: ReceiveNotificationPorts): Promise<void> {
  const raw = await ports.mail.get(key);
  const channel = channelOf(key, ports.settings);
  const received = await receive(raw, channel, ports);
  if (!received.ok) return hearLetter(raw, channel, received.failure, ports);
  const { history, news } = received.value;
  const { id: transmissionId, address } = history.transmission;
  ports.log.info('notice-recorded', { transmissionId, ...statusOf(history.facts) });
  const took = processedSeconds(history.facts);
  for (const what of news.flatMap(confirmedBy)) {
    if (what === 'processed' && took !== undefined) ports.metrics.put('ProcessedInSeconds', took);
    await ports.domains.confirmed(domainOf(address), what, ports.now());
  }
}

/** A letter may be longer than any notice. */
const PERHAPS_A_LETTER: readonly FailureCode[] = [
  'notification/not-a-notice',
  'notification/too-large',
];
/** Anybody can write a letter, and name places that never answer: it must not come back, and end where somebody is woken. */
const OF_STRANGERS: FailureCode = 'trust/issuer-unreachable';
const NO_LETTER: readonly FailureCode[] = ['secure/not-encrypted', 'notification/not-a-notice'];

async function hearLetter(
  raw: Uint8Array,
  channel: Channel,
  noNotice: Failure,
  ports: ReceiveNotificationPorts,
): Promise<void> {
  const { log, metrics } = ports;
  if (!PERHAPS_A_LETTER.includes(noNotice.code)) return ignore(noNotice, ports);
  const taken = await takeLetter(raw, channel, ports);
  if (!taken.ok) {
    const { code } = taken.failure;
    if (NO_LETTER.includes(code)) return ignore(noNotice, ports);
    if (ruleOf(code).retry && code !== OF_STRANGERS) throw new NotNow(code);
    return log.info('letter-ignored', { code });
  }
  const { isKnown, answers } = taken.value;
  if (!isKnown) metrics.put('LetterKept', 1);
  if (!answers.ok) return log.info('letter-unanswered', { code: answers.failure.code });
  log.info('letter-kept', { count: answers.value.length });
}

/** Mail that nobody took for a notice, ours or another's. */
const ORDINARY: readonly FailureCode[] = ['notification/not-a-notice', 'notification/auto-reply'];

function ignore({ code }: Failure, { log, metrics }: ReceiveNotificationPorts): void {
  if (ruleOf(code).retry) throw new NotNow(code);
  if (!ORDINARY.includes(code)) metrics.put('OrphanNotice', 1);
  log.info('notice-ignored', { code });
}

/** Gives the mail back to the queue: who signed a notice must not go unheard because a revocation list was not to be had. */
class NotNow extends Error {}

/** What the recipient's side confirms with it, in time or not. */
function confirmedBy(fact: NoticeFact): readonly Parameters<Domains['confirmed']>[1][] {
  if (fact.kind === 'processed') return ['processed'];
  if (fact.kind === 'dispatched' && fact.final) return ['dispatched'];
  return fact.kind === 'recipient-failed' ? ['failed'] : [];
}
