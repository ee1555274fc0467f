import { headersOf, type MimeEntity } from '../../../shared/secure/mime.ts';
import { addressesIn } from './addresses.ts';
import type { SeenRouting } from './rules/seen-routing.ts';

/** MAIL FROM and RCPT TO, as they were said. */
export type SmtpEnvelope = Pick<SeenRouting, 'mailFrom' | 'recipients'>;

/** What the envelope says beside what the message says. */
export function routingOf(inner: MimeEntity, envelope: SmtpEnvelope): SeenRouting {
  const named = (...fields: readonly string[]): readonly string[] =>
    addressesIn(fields.flatMap((field) => headersOf(inner, field)));
  return { ...envelope, from: named('from'), sender: named('sender'), named: named('to', 'cc') };
}
