import { PRINTABLE } from '../../characters.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Hl7Settings } from '../../settings-hl7.ts';
import { takeEvent, type TakeEventPorts } from '../take-event.ts';
import { type Said, saidBy } from './kind.ts';
import { takeMerge, type TakeMergePorts } from './merge.ts';
import { namedPatient } from './named-patient.ts';
import { type Header, type Message, readMessage } from './read-message.ts';
import { componentsOf, fieldOf, textOf } from './segment.ts';
import { timeOf } from './time.ts';

/** Who posts a message. */
export interface Sender {
  /** Two of them may have systems of the same name. */
  readonly client: string;
  /** Whether it may say who is who, as by registering them. */
  readonly mayMerge: boolean;
}

export type TakeMessagePorts = TakeEventPorts &
  TakeMergePorts & {
    readonly settings: { readonly triggers: { readonly hl7: Hl7Settings } };
  };

export type TakenMessage = 'accepted' | 'duplicate' | 'ignored';

/** MSH-10 is up to 199 characters long. @see HL7 v2.9 chapter 2, 2.14.9.10 */
const MAX_CONTROL_ID = 199;

/**
 * Takes a message of HL7 v2 as the event that it tells of. Nothing is kept of what tells of none.
 *
 * @failure edge/too-large, trigger/hl7-malformed, trigger/hl7-batch, trigger/hl7-charset, trigger/hl7-merge,
 *   edge/forbidden (a merge by who may not register patients) and those of `takeEvent` and `takeMerge`
 */
export async function takeMessage(
  header: Header,
  bytes: Uint8Array,
  sender: Sender,
  ports: TakeMessagePorts,
): Promise<Outcome<TakenMessage>> {
  const { hl7 } = ports.settings.triggers;
  const message = readMessage(header, bytes);
  if (!message.ok) return message;
  const eventId = eventIdOf(header);
  if (!eventId.ok) return eventId;
  const said = saidBy(message.value, hl7);
  if (!said.ok) return said;
  if (said.value === undefined || !isMeant(header, hl7)) return done('ignored');

  if (said.value === 'merge') {
    return sender.mayMerge ? takeMerge(message.value, hl7, ports) : fail('edge/forbidden');
  }
  return takeSaid(said.value, eventId.value, message.value, sender.client, ports);
}

async function takeSaid(
  said: Exclude<Said, 'merge'>,
  eventId: string,
  message: Message,
  client: string,
  ports: TakeMessagePorts,
): Promise<Outcome<TakenMessage>> {
  const { hl7 } = ports.settings.triggers;
  const patientIdentifiers = namedPatient(message, hl7);
  if (!patientIdentifiers.ok) return patientIdentifiers;
  const occurredAt = timeOf(saidTimeOf(message), hl7.timeZone);
  if (!occurredAt.ok) return occurredAt;
  const taken = await takeEvent(
    {
      ...said,
      eventId,
      patientIdentifiers: patientIdentifiers.value,
      occurredAt: occurredAt.value,
    },
    client,
    ports,
  );
  return taken.ok ? done(taken.value.result) : taken;
}

/** @see HL7 v2.9 chapter 2, 2.14.9.11 */
function isMeant(header: Header, { processingIds }: Hl7Settings): boolean {
  const id = textOf(header, 11);
  return id === '' || processingIds.some((each) => each === id);
}

/** The system that sends and its number of the message; together nobody uses them twice. */
function eventIdOf(header: Header): Outcome<string> {
  const controlId = textOf(header, 10);
  if (controlId.length > MAX_CONTROL_ID || !PRINTABLE.test(controlId)) {
    return fail('trigger/hl7-malformed');
  }
  return done(JSON.stringify(['hl7', componentsOf(fieldOf(header, 3), header), controlId]));
}

/** When it was entered; when nobody says so, when the message was written. */
function saidTimeOf({ header, segments }: Message): string {
  const evn = segments.find(({ name }) => name === 'EVN');
  return (evn === undefined ? '' : textOf(evn, 2)) || textOf(header, 7);
}
