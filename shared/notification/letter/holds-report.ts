import { decodeBody, readMime, type MimeEntity } from '../../secure/mime.ts';

/** RFC 3464, RFC 8098, RFC 6533, RFC 5965, and what holds any of them. */
const REPORT =
  /^(?:multipart\/report|message\/(?:global-)?(?:delivery-status|disposition-notification)|message\/feedback-report)$/;

/** Messages in messages that are looked into; what is deeper still is taken for a report. */
const DEEPEST = 3;

/** Whether a notice about any message hangs somewhere in it, also in a message that hangs in it. */
export function holdsReport(entity: MimeEntity, depth = DEEPEST): boolean {
  const { contentType, parts } = entity;
  if (REPORT.test(contentType.value)) return true;
  if (contentType.value === 'message/rfc822') return depth === 0 || inner(entity, depth);
  return parts.some((part) => holdsReport(part, depth));
}

/** What cannot be read may be one. */
function inner(entity: MimeEntity, depth: number): boolean {
  const bytes = decodeBody(entity);
  const message = bytes.ok ? readMime(bytes.value) : bytes;
  return !message.ok || holdsReport(message.value, depth - 1);
}
