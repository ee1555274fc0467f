import { readMime, type MimeEntity } from '../../../../shared/secure/mime.ts';
import { sameAddress } from '../addresses.ts';
import { contentsOf } from '../message-contents.ts';
import type { MessageContents } from '../received-message.ts';
import { routingOf, type SmtpEnvelope } from '../routing.ts';
import { refusalsBy } from '../rules/rule.ts';
import { STAGES } from '../rules/stages.ts';
import type { HandedOver } from './handed-over.ts';

/** What a HISP would sign and encrypt itself, or has no business with. */
const SECURED = /^(?:application\/(?:x-)?pkcs7-|multipart\/(?:signed|encrypted)$|message\/)/;

/**
 * Reads what came by submission: the message as its author wrote it, from an address of the customer.
 *
 * @param customers addresses
 */
export function readClear(
  raw: Uint8Array,
  envelope: SmtpEnvelope,
  customers: readonly string[],
): HandedOver {
  const entity = readMime(raw);
  const handed = { by: 'smtp', raw } as const;
  if (entity.ok && SECURED.test(entity.value.contentType.value)) {
    return { ...handed, refusedFor: ['form: it is secured already, which is our affair'] };
  }
  const message = entity.ok ? contentsOf(entity.value) : undefined;
  if (!entity.ok || !message) {
    return { ...handed, refusedFor: ['form: it is no message, or one without Message-ID or From'] };
  }
  return {
    ...handed,
    refusedFor: refusedFor(entity.value, envelope, customers),
    copy: { ...copyOf(message), recipients: envelope.recipients },
  };
}

const copyOf = (message: MessageContents) => ({
  message,
  messageId: message.messageId,
  from: message.from,
  files: message.xdm?.entries ?? [],
  notes: message.xdm?.problems ?? [],
});

function refusedFor(
  message: MimeEntity,
  envelope: SmtpEnvelope,
  customers: readonly string[],
): readonly string[] {
  const routing = routingOf(message, envelope);
  const isCustomer =
    routing.from.length === 1 && customers.some((each) => sameAddress(each, routing.from[0] ?? ''));
  return [
    ...(isCustomer ? [] : ['envelope: it is not from an address of the customer']),
    ...refusalsBy(STAGES.routing, routing).map(({ reason }) => reason),
    ...refusalsBy(STAGES.content, message.bytes).map(({ reason }) => reason),
  ];
}
