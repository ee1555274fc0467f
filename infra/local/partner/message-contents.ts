import {
  decodeBody,
  fileNameOf,
  headerOf,
  headersOf,
  type MimeEntity,
} from '../../../shared/secure/mime.ts';
import { addressesIn } from './addresses.ts';
import type { MessageContents } from './received-message.ts';
import { readXdm } from './xdm/contents.ts';

/** Takes a message apart. @returns undefined when nobody could answer it: it has no Message-ID, or is from nobody */
export function contentsOf(message: MimeEntity): MessageContents | undefined {
  const messageId = headerOf(message, 'message-id');
  const [from] = addressesIn(headersOf(message, 'from'));
  if (messageId === undefined || from === undefined) return undefined;
  const [answerTo = from] = addressesIn(headersOf(message, 'disposition-notification-to'));
  const wishes = headerOf(message, 'disposition-notification-options') ?? '';
  const leaves = leavesOf(message);
  const zip = leaves.find((part) => fileNameOf(part)?.includes('.zip'));
  const zipBytes = zip && decodeBody(zip);
  const text = leaves.find(({ contentType }) => contentType.value === 'text/plain');
  const textBytes = text && decodeBody(text);
  return {
    inner: message.bytes,
    messageId,
    subject: headerOf(message, 'subject') ?? '',
    from,
    answerTo,
    asksForDispatched: /x-direct-final-destination-delivery/i.test(wishes),
    isNotice: message.contentType.value === 'multipart/report',
    text: textBytes?.ok ? Buffer.from(textBytes.value).toString('utf8') : '',
    ...(zipBytes?.ok && { xdm: readXdm(zipBytes.value) }),
  };
}

const leavesOf = (entity: MimeEntity): readonly MimeEntity[] =>
  entity.parts.length > 0 ? entity.parts.flatMap(leavesOf) : [entity];
