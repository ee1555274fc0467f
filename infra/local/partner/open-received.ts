import { parseDirectAddress } from '../../../shared/ids.ts';
import { done, fail, type Outcome } from '../../../shared/outcome.ts';
import type { Identity } from '../../../shared/secure/keys.ts';
import {
  decodeBody,
  fileNameOf,
  headerOf,
  headersOf,
  readMime,
  type MimeEntity,
} from '../../../shared/secure/mime.ts';
import { openMessage, type OpenedMessage } from '../../../shared/secure/open.ts';
import type { OpenedContents } from './received-message.ts';
import { readXdm } from './xdm/contents.ts';

/** Decrypts, verifies and unwraps a message and takes it apart. Whether to believe it comes after. */
export function openReceived(
  raw: Uint8Array,
  identity: Identity,
): Outcome<{ readonly contents: OpenedContents; readonly problems: readonly string[] }> {
  const opened = openMessage(raw, [identity]);
  if (!opened.ok) return opened;
  const contents = contentsOf(opened.value);
  return contents ? done({ contents, problems: formOf(opened.value) }) : fail('secure/malformed');
}

/** All addr-specs of header values; display names are passed over. */
const addressesIn = (values: readonly string[]): readonly string[] =>
  values.flatMap((value) =>
    [...value.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[^\s<>,;:()]+@[^\s<>,;:()]+/g)].flatMap(
      ([text]) => {
        const address = parseDirectAddress(text);
        return address.ok ? [address.value] : [];
      },
    ),
  );

/** What the Java or the .NET reference implementation could not read, though ours can. */
function formOf({ outer, inner, innerEntity, wrapped }: OpenedMessage): readonly string[] {
  const problems: string[] = [];
  const expect = (holds: boolean, problem: string): void => {
    if (!holds) problems.push(problem);
  };
  expect(outer.contentType.value === 'application/pkcs7-mime', 'form: not application/pkcs7-mime');
  const encoding = headerOf(outer, 'content-transfer-encoding')?.toLowerCase();
  expect(encoding === 'base64', 'form: the envelope is not in base64');
  expect(wrapped, 'form: the message is not wrapped');
  expect(
    inner.every((byte) => byte < 128),
    'form: the inner message is not 7-bit',
  );
  expect(headersOf(innerEntity, 'bcc').length === 0, 'form: there is a Bcc');
  expect(
    headersOf(outer, 'subject').length === 0,
    'form: a subject travels outside the encryption',
  );
  return problems;
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

/** To and Cc of the message that was signed. */
export function recipientsOf(inner: Uint8Array): readonly string[] {
  const entity = readMime(inner);
  if (!entity.ok) return [];
  return addressesIn([...headersOf(entity.value, 'to'), ...headersOf(entity.value, 'cc')]);
}
