/** Messages of HL7 v2 as hospitals write them, about nobody. */
import { readHeader, readMessage, type Message } from '../../../shared/trigger/hl7/read-message.ts';

export interface Writing {
  /** MSH-9. */
  readonly type?: string;
  readonly controlId?: string;
  /** MSH-3. */
  readonly from?: string;
  /** MSH-7. */
  readonly writtenAt?: string;
  /** MSH-18. */
  readonly charset?: string;
  /** EVN-2; `none` leaves the segment out. */
  readonly enteredAt?: string;
  /** PID-3; `none` leaves the segment out. */
  readonly identifiers?: string;
  /** After PID. */
  readonly more?: readonly string[];
  readonly end?: string;
}

export const AUTHORITY = 'GSP&2.16.840.1.113883.19.5.77&ISO';
export const ANA_CX = `MRN-0001^^^${AUTHORITY}^MR`;

export function er7({
  type = 'ADT^A03^ADT_A03',
  controlId = 'MSG-1',
  from = 'EHR^1.2.3.4^ISO',
  writtenAt = '20261122060500-0600',
  charset = '',
  enteredAt = '20261122060000-0600',
  identifiers = ANA_CX,
  more = ['PV1|1|I|4E^12^1'],
  end = '\r',
}: Writing = {}): string {
  return [
    `MSH|^~\\&|${from}|GREEN|DIRECT|HOUSE|${writtenAt}||${type}|${controlId}|P|2.5.1||||||${charset}`,
    ...(enteredAt === 'none' ? [] : [`EVN||${enteredAt}`]),
    ...(identifiers === 'none' ? [] : [`PID|1||${identifiers}||Rivera^Ana||19840309|F`]),
    ...more,
  ]
    .map((each) => each + end)
    .join('');
}

/** The same with other characters between; nothing in these messages is escaped. */
export function respelled(text: string, from: string, to: string): string {
  return Array.from(text, (each) => to.charAt(from.indexOf(each)) || each).join('');
}

export function read(text: string | Uint8Array): Message {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const header = readHeader(bytes);
  if (!header.ok) throw new Error(header.failure.code);
  const message = readMessage(header.value, bytes);
  if (!message.ok) throw new Error(message.failure.code);
  return message.value;
}
