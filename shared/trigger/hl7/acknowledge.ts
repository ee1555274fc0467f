import { oneLine } from '../../characters.ts';
import { type FailureCode, ruleOf } from '../../failures.ts';
import { sha256 } from '../../ids.ts';
import type { Outcome } from '../../outcome.ts';
import { escaped } from './escape.ts';
import type { Header } from './read-message.ts';
import { componentsOf, fieldOf, textOf } from './segment.ts';
import type { TakenMessage } from './take-message.ts';

/** `AE` of what may be put right, at the sender or here, so that the same message is then taken; `AR` of what never is. */
const MENDABLE: ReadonlySet<FailureCode> = new Set([
  'patient/unknown',
  'patient/ambiguous',
  'trigger/bad-time',
  'patient/merged-elsewhere',
  'patient/too-many-identifiers',
  'trigger/unknown-type',
  'edge/forbidden',
  'edge/failed',
  'edge/unavailable',
]);

/** HL7 table 0357. */
const CONDITIONS: Partial<Record<FailureCode, string>> = {
  'trigger/hl7-malformed': '100^Segment sequence error^HL70357',
  'trigger/bad-time': '102^Data type error^HL70357',
  'trigger/hl7-charset': '103^Table value not found^HL70357',
  'trigger/hl7-merge': '201^Unsupported event code^HL70357',
  'patient/same': '102^Data type error^HL70357',
  'patient/unknown': '204^Unknown key identifier^HL70357',
  'trigger/event-id-reused': '205^Duplicate key identifier^HL70357',
};
const INTERNAL = '207^Application internal error^HL70357';

/** The longest namespace. @see HL7 v2.9 chapter 2A, 2.A.33 */
const MAX_NAME = 227;
const VERSION = /^2\.[1-9](\.[1-9])?$/;

/**
 * The answer to a message: of its contents it says nothing but what the header has of systems and its number.
 *
 * @see HL7 v2.9 chapter 2, 2.9.2 and 2.14.8
 */
export function acknowledgement(header: Header, taken: Outcome<TakenMessage>, now: Date): Buffer {
  const controlId = escaped(oneLine(textOf(header, 10), 199));
  const segments = [
    headerFor(header, controlId, now),
    ...(taken.ok ? [agreed(controlId, taken.value)] : refused(controlId, taken.failure.code)),
  ];
  return Buffer.from(segments.map((each) => `${each}\r`).join(''));
}

const agreed = (controlId: string, taken: TakenMessage): string =>
  taken === 'ignored'
    ? `MSA|AA|${controlId}|Nothing follows from this message.`
    : `MSA|AA|${controlId}`;

function refused(controlId: string, code: FailureCode): readonly string[] {
  const says = escaped(ruleOf(code).says);
  const answer = MENDABLE.has(code) ? 'AE' : 'AR';
  const condition = CONDITIONS[code] ?? INTERNAL;
  return [
    `MSA|${answer}|${controlId}|${says}`,
    `ERR|||${condition}|E|${escaped(code)}^^L|||${says}`,
  ];
}

function headerFor(header: Header, controlId: string, now: Date): string {
  const event = /^[A-Z][A-Z0-9]{2}$/.exec(textOf(header, 9, 2))?.[0];
  const processing = /^[PTD]$/.exec(textOf(header, 11))?.[0] ?? 'P';
  const version = VERSION.exec(textOf(header, 12))?.[0] ?? '2.5.1';
  const time = `${now.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}+0000`;
  return [
    'MSH',
    '^~\\&',
    ...[5, 6, 3, 4].map((number) => systemIn(header, number)),
    time,
    '',
    event === undefined ? 'ACK' : `ACK^${event}^ACK`,
    sha256(JSON.stringify(['ack', controlId, time])).slice(0, 20),
    processing,
    version,
    ...Array.from({ length: 5 }, () => ''),
    'UNICODE UTF-8',
  ].join('|');
}

/** The name of a system or a house, an HD of at most three components. */
const systemIn = (header: Header, number: number): string =>
  componentsOf(fieldOf(header, number), header)
    .slice(0, 3)
    .map(([name = '']) => escaped(oneLine(name, MAX_NAME)))
    .join('^')
    .replace(/\^+$/, '');
