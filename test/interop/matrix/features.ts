import { basename } from 'node:path';
import { unzipSync } from 'fflate';
import { readBer } from '../../../shared/trust/cms/ber.ts';
import { TAG } from '../../../shared/trust/cms/der.ts';
import { LANGUAGES, type Language } from '../../../shared/language.ts';
import { wordsIn } from '../../../shared/package/pages/words.ts';
import { decodeBody, fileNameOf } from '../../../shared/secure/mime.ts';
import { openMessage } from '../../../shared/secure/open.ts';
import { envelopeIn } from '../support/split-message.ts';
import type { Readership, SentMessage } from './sent-message.ts';

/** What can be seen of a message that its variant promises. */
export interface Features {
  readonly keyTransport: string;
  readonly certificates: number;
  readonly attachments: readonly string[];
  /** Of the text. */
  readonly language: readonly Language[];
  /** Of the record, in the package. */
  readonly files: readonly string[];
}

export function featuresOf({ envelope }: SentMessage, { reader }: Readership): Features {
  const opened = openMessage(envelope.bytes, [reader]);
  if (!opened.ok) throw new Error(opened.failure.code);
  const { innerEntity, algorithms } = opened.value;
  const [text, ...attached] = innerEntity.parts;
  const said = text && decodeBody(text);
  const zip = attached[0] && decodeBody(attached[0]);
  if (!said?.ok || !zip?.ok) throw new Error('A part cannot be decoded');
  const names = Object.keys(unzipSync(zip.value));
  return {
    keyTransport: algorithms.keyTransport,
    certificates: recipientInfos(envelope.bytes),
    attachments: attached.map((part) => fileNameOf(part) ?? ''),
    language: LANGUAGES.filter((language) => isIn(language, said.value)),
    files: names.filter((name) => /\/DOC\d+\./.test(name)).map((name) => basename(name)),
  };
}

/** How many certificates EnvelopedData is encrypted to. */
function recipientInfos(message: Uint8Array): number {
  const envelope = readBer(envelopeIn(message))?.children[1]?.children[0];
  const infos = envelope?.children.find(({ tag }) => tag === TAG.set);
  return infos?.children.length ?? 0;
}

const isIn = (language: Language, text: Uint8Array): boolean =>
  Buffer.from(text).toString().startsWith(wordsIn(language).message('Green Street'));
