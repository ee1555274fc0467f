import { done, fail, type Outcome } from '../../../outcome.ts';
import { LINE_END } from './line-ends.ts';

/** A notice is some kilobytes; with a message that it returns, as long as that was. */
const LARGEST_BYTES = 5 * 1024 * 1024;
/** Of 76 characters, 5 MB are some 70,000. */
const MOST_LINES = 200_000;
/** Each may begin a part, and each part costs the reader some time and memory. */
const MOST_DELIMITERS = 1000;

const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';
const REPORT_TYPE =
  /^content-type[ \t]*:[ \t]*message\/(?:global-)?(?:disposition-notification|delivery-status)/i;
/** A field that no MIME header has, but a report may. */
const REPORT_FIELD = /^(?!content-|mime-version)[\x21-\x39\x3b-\x7e]+[ \t]*:/i;

/**
 * A mail as a reader of MIME expects it: bounded, without byte order mark, every line ended by CRLF, and the blank line
 * put in that some agents leave out before the fields of a report.
 *
 * @failure notification/too-large
 */
export function prepared(raw: Uint8Array): Outcome<Uint8Array> {
  if (raw.length > LARGEST_BYTES) return fail('notification/too-large');
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString('latin1');
  const unmarked = text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
  const lines = unmarked.split(LINE_END, MOST_LINES + 1);
  const delimiters = lines.filter((line) => line.startsWith('--')).length;
  if (lines.length > MOST_LINES || delimiters > MOST_DELIMITERS) {
    return fail('notification/too-large');
  }
  return done(Buffer.from(withBlankLines(lines).join('\r\n'), 'latin1'));
}

function withBlankLines(lines: readonly string[]): readonly string[] {
  let where: 'body' | 'header' | 'header of a report' = 'body';
  return lines.flatMap((line) => {
    if (line.startsWith('--')) where = 'header';
    else if (line === '') where = 'body';
    else if (where === 'header' && REPORT_TYPE.test(line)) where = 'header of a report';
    else if (where === 'header of a report' && REPORT_FIELD.test(line)) {
      where = 'body';
      return ['', line];
    }
    return [line];
  });
}
