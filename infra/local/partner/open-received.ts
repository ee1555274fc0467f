import { done, fail, type Outcome } from '../../../shared/outcome.ts';
import type { Identity } from '../../../shared/secure/keys.ts';
import {
  decodeBody,
  fileNameOf,
  headerOf,
  headersOf,
  type MimeEntity,
} from '../../../shared/secure/mime.ts';
import { openMessage, type OpenedMessage } from '../../../shared/secure/open.ts';
import { addressesIn } from './addresses.ts';
import type { OpenedContents } from './received-message.ts';
import { refusalsBy } from './rules/rule.ts';
import { STAGES } from './rules/stages.ts';
import { readXdm } from './xdm/contents.ts';

export interface OpenedReceived {
  readonly contents: OpenedContents;
  /** The message that was signed. */
  readonly innerEntity: MimeEntity;
  /** Of its form. */
  readonly problems: readonly string[];
}

/** Decrypts, verifies and unwraps a message and takes it apart. Whether to believe it comes after. */
export function openReceived(raw: Uint8Array, identity: Identity): Outcome<OpenedReceived> {
  const opened = openMessage(raw, [identity]);
  if (!opened.ok) return opened;
  const contents = contentsOf(opened.value);
  if (!contents) return fail('secure/malformed');
  const { innerEntity } = opened.value;
  return done({ contents, innerEntity, problems: formOf(opened.value) });
}

/** What the Java or the .NET reference implementation could not read, though ours can, or would not have sent. */
function formOf({ outer, inner, innerEntity, wrapped }: OpenedMessage): readonly string[] {
  const broken = [...refusalsBy(STAGES.outside, outer), ...refusalsBy(STAGES.content, inner)];
  const hidden = headersOf(innerEntity, 'bcc').length > 0;
  const shown = headersOf(outer, 'subject').length > 0;
  return [
    ...broken.map(({ reason }) => reason),
    ...(wrapped ? [] : ['form: the message is not wrapped']),
    ...(hidden ? ['form: there is a Bcc'] : []),
    ...(shown ? ['form: a subject travels outside the encryption'] : []),
  ];
}

function contentsOf({ inner, innerEntity, signer }: OpenedMessage): OpenedContents | undefined {
  const messageId = headerOf(innerEntity, 'message-id');
  const [from] = addressesIn(headersOf(innerEntity, 'from'));
  if (messageId === undefined || from === undefined) return undefined;
  const [answerTo = from] = addressesIn(headersOf(innerEntity, 'disposition-notification-to'));
  const wishes = headerOf(innerEntity, 'disposition-notification-options') ?? '';
  const leaves = leavesOf(innerEntity);
  const zip = leaves.find((part) => fileNameOf(part)?.includes('.zip'));
  const zipBytes = zip && decodeBody(zip);
  const text = leaves.find(({ contentType }) => contentType.value === 'text/plain');
  const textBytes = text && decodeBody(text);
  return {
    inner,
    messageId,
    subject: headerOf(innerEntity, 'subject') ?? '',
    from,
    answerTo,
    asksForDispatched: /x-direct-final-destination-delivery/i.test(wishes),
    isNotice: innerEntity.contentType.value === 'multipart/report',
    signer,
    text: textBytes?.ok ? Buffer.from(textBytes.value).toString('utf8') : '',
    ...(zipBytes?.ok && { xdm: readXdm(zipBytes.value) }),
  };
}

const leavesOf = (entity: MimeEntity): readonly MimeEntity[] =>
  entity.parts.length > 0 ? entity.parts.flatMap(leavesOf) : [entity];
