import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { done, fail, type Outcome } from '../../../outcome.ts';
import { readStructured } from '../../../secure/mime/fields.ts';
import { blockOf, type Block } from './field-blocks.ts';
import { prepared } from './prepare.ts';

/** A mail as far as notices need it. */
export interface Mail {
  readonly header: Block;
  /** In lower case, without parameters. */
  readonly type: string;
  /** In lower case, of a multipart/report. */
  readonly reportType: string | undefined;
  /** Every part that is not its text, decoded; a message in it is one part and is not looked into. */
  readonly parts: readonly Part[];
}

export interface Part {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const LIMITS = { maxNestingDepth: 20, maxHeadersSize: 256 * 1024 };

/**
 * Reads a mail out of any bytes.
 *
 * @failure notification/too-large: longer, deeper or in more parts than is read
 */
export async function readMail(raw: Uint8Array): Promise<Outcome<Mail>> {
  const bytes = prepared(raw);
  if (!bytes.ok) return bytes;
  try {
    return done(mailOf(await PostalMime.parse(bytes.value, LIMITS)));
  } catch {
    // It throws only when one of its limits is passed.
    return fail('notification/too-large');
  }
}

function mailOf({ headers, attachments }: Email): Mail {
  const header = blockOf(headers.map(({ key, value }) => [key, value]));
  const { value: type, parameters } = readStructured(header.get('content-type') ?? 'text/plain');
  return {
    header,
    type,
    reportType: parameters.get('report-type')?.toLowerCase(),
    parts: attachments.map(partOf),
  };
}

const partOf = ({ mimeType, content }: Attachment): Part => ({
  type: mimeType,
  bytes: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
});

/** The first part of one of these types. */
export const partOfType = ({ parts }: Mail, types: readonly string[]): Part | undefined =>
  parts.find(({ type }) => types.includes(type));
