import type { DirectAddress } from '../../../../shared/ids.ts';

/** What SES puts in the place of the sender's own, or takes away, in the outer header; the wrapped message is untouched. */
const REPLACED = /^(message-id|date|return-path|bcc|x-ses-[a-z-]+)$/i;

/** A header field with the lines that continue it. */
const FIELD = /^([!-9;-~]+):[^]*?\r?\n(?![ \t])/gm;

/**
 * A message as SES passes it on: with its own Message-ID and Date.
 *
 * @param id of SES, which the API answers bare
 */
export function asSesSendsIt(raw: Uint8Array, id: string, now: Date): Uint8Array {
  const text = Buffer.from(raw).toString('latin1');
  const end = /\r?\n\r?\n/.exec(text);
  const header = `${end ? text.slice(0, end.index) : text}\r\n`;
  const kept = header.replace(FIELD, (field, name: string) => (REPLACED.test(name) ? '' : field));
  const own = [
    `Message-ID: <${id}@email.amazonses.com>`,
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
  ];
  const body = end ? text.slice(end.index + end[0].length) : '';
  return Buffer.from(`${own.join('\r\n')}\r\n${kept}\r\n${body}`, 'latin1');
}

/** Where bounces go: SES never uses the sender's own address as MAIL FROM. */
export const sesMailFrom = (id: string): DirectAddress => `${id}@amazonses.com` as DirectAddress;
