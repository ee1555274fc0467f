import { unzipSync } from 'fflate';
import { decodeBody, fileNameOf, readMime } from '../../../../shared/secure/mime.ts';
import type { SentMessage } from '../sent-message.ts';

const FOLDER = 'IHE_XDM/SUBSET01/';

/** What is wrong with the documents in a message that somebody opened; undefined when each is byte for byte there. */
export function differenceOf(
  signedContent: Uint8Array,
  { documents }: SentMessage,
): string | undefined {
  const files = zipIn(signedContent);
  if (!files) return 'no package';
  for (const [name, bytes] of documents) {
    const inside = files[`${FOLDER}${name}`];
    if (!inside) return `no ${name}`;
    if (Buffer.compare(inside, bytes) !== 0) return `another ${name}`;
  }
  return undefined;
}

function zipIn(signedContent: Uint8Array): Record<string, Uint8Array> | undefined {
  const wrapper = readMime(signedContent);
  if (!wrapper.ok || wrapper.value.contentType.value !== 'message/rfc822') return undefined;
  const message = readMime(wrapper.value.body);
  if (!message.ok) return undefined;
  const part = message.value.parts.find((each) => fileNameOf(each)?.endsWith('.zip'));
  const zip = part && decodeBody(part);
  return zip?.ok ? unzipSync(zip.value) : undefined;
}
