import type { Now } from '../clock.ts';
import type { MessageId } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Settings } from '../settings.ts';
import type { Ledger } from '../transmission/ledger.ts';
import type { History } from '../transmission/transmission.ts';
import { isSameMailbox } from './belief/same-mailbox.ts';
import { factOf, type NoticeFact } from './belief/word.ts';
import type { SesEventType, Telling } from './reading.ts';
import { readRelayEvent } from './reading/relay/read-relay-event.ts';
import { recordWord, type Heard } from './record-word.ts';

export interface RelayEventPorts {
  readonly ledger: Ledger;
  readonly settings: Pick<Settings, 'discovery'>;
  readonly now: Now;
}

/** The copy of an event, and what was new in it: of a complaint nothing. */
export interface HeardEvent extends Heard {
  readonly event: SesEventType;
}

/** Whether somebody opened it or clicked is no news of a delivery. */
const HEARD: readonly SesEventType[] = [
  'Send',
  'Delivery',
  'Bounce',
  'Reject',
  'DeliveryDelay',
  'Complaint',
];

/**
 * Takes in one event of our own relay: whoever may write to its topic is believed, about copies of ours.
 *
 * @param text as the queue has it, in any envelope
 * @failure notification/bad-event, /too-large, /not-a-notice, /unknown-message, /wrong-recipient, /too-many
 */
export async function receiveRelayEvent(
  text: string,
  ports: RelayEventPorts,
): Promise<Outcome<HeardEvent>> {
  const reading = readRelayEvent(text);
  if (!reading.ok) return reading;
  const telling = reading.value;
  if (!('event' in telling) || !telling.event || !HEARD.includes(telling.event)) {
    return fail('notification/not-a-notice');
  }
  const { event, attempt } = telling;
  const copy = await copyOf(telling, ports.ledger);
  if (!copy.ok) return copy;
  const { history, newNames } = copy.value;
  const { address } = history.transmission;
  const about = telling.recipients.filter((each) =>
    isSameMailbox(each.address, address, ports.settings),
  );
  if (about.length === 0) return fail('notification/wrong-recipient');
  const fact: NoticeFact | undefined =
    event === 'Send'
      ? { kind: 'relayed', noticeId: telling.id, what: 'taken' }
      : factOf(telling, about);
  if (!fact) return done({ event, history, news: [] });
  const word = { fact, ...(attempt !== undefined && { attempt }) };
  const heard = await recordWord(history, word, ports, newNames);
  return heard.ok ? done({ event, ...heard.value }) : heard;
}

interface CopyOfEvent {
  readonly history: History;
  /** Names that nobody had told us yet. */
  readonly newNames: readonly MessageId[];
}

/**
 * The copy that the event's tags and names lead to. All of them that lead anywhere lead to one copy, and of that copy the
 * attempt was begun.
 *
 * @failure notification/unknown-message, notification/wrong-recipient (they lead to several)
 */
async function copyOf(
  { names, transmission, attempt }: Telling,
  ledger: Ledger,
): Promise<Outcome<CopyOfEvent>> {
  const ids = new Set(transmission && [transmission]);
  const newNames: MessageId[] = [];
  for (const name of names) {
    const id = await ledger.byName(name);
    if (id.ok) ids.add(id.value);
    else newNames.push(name);
  }
  const [id, ...others] = ids;
  if (others.length > 0) return fail('notification/wrong-recipient');
  const history = id && (await ledger.read(id));
  const wasBegun =
    history?.ok &&
    history.value.facts.some(
      (fact) => fact.kind === 'intent' && (attempt === undefined || fact.attempt === attempt),
    );
  return wasBegun
    ? done({ history: history.value, newNames })
    : fail('notification/unknown-message');
}
