import { done, fail, type Outcome } from '../../outcome.ts';
import type { Hl7Settings } from '../../settings-hl7.ts';
import type { EventType } from '../trigger.ts';
import type { Message } from './read-message.ts';
import { resultOf } from './result.ts';
import { textOf } from './segment.ts';

/** What a message says that happened: a word of ours, or the data holder's by setting; or that two are one person. */
export type Said = { readonly type: string; readonly cancels: boolean } | 'merge';

interface Row {
  readonly type: EventType;
  readonly cancels?: true;
}

const KINDS: Readonly<Record<string, Row>> = {
  'ADT^A01': { type: 'transfer' },
  'ADT^A02': { type: 'transfer' },
  'ADT^A03': { type: 'discharge' },
  'ADT^A04': { type: 'record-updated' },
  'ADT^A08': { type: 'record-updated' },
  'ADT^A11': { type: 'transfer', cancels: true },
  'ADT^A12': { type: 'transfer', cancels: true },
  'ADT^A13': { type: 'discharge', cancels: true },
  'ADT^A28': { type: 'record-updated' },
  'ADT^A31': { type: 'record-updated' },
  'MDM^T02': { type: 'record-updated' },
};

/** Two lists of identifiers become those of one patient. @see HL7 v2.9 chapter 3, 3.3.40 */
const MERGE = 'ADT^A40';

/** Merges as they were told of before that: whoever said yes to one would go on sending under both. */
const OTHER_MERGES = new Set(['ADT^A18', 'ADT^A30', 'ADT^A34', 'ADT^A39']);

/**
 * What a message says that happened; undefined when nothing follows from it.
 *
 * @failure trigger/hl7-merge
 */
export function saidBy(
  message: Message,
  { kinds }: Pick<Hl7Settings, 'kinds'>,
): Outcome<Said | undefined> {
  const name = nameOf(message);
  const own = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (own === 'none') return done(undefined);
  if (own === undefined && name === MERGE) return done('merge');
  if (own === undefined && OTHER_MERGES.has(name)) return fail('trigger/hl7-merge');
  const row = rowOf(name, message);
  if (row === 'nothing-yet') return done(undefined);
  const type = own ?? row?.type;
  return done(type === undefined ? undefined : { type, cancels: row?.cancels ?? false });
}

function rowOf(name: string, message: Message): Row | 'nothing-yet' | undefined {
  if (name !== 'ORU^R01') return KINDS[name];
  const type = resultOf(message.segments);
  return type === undefined ? 'nothing-yet' : { type };
}

/** Old systems say the event in EVN-1 only. @see HL7 v2.9 chapter 3, 3.4.1.1 */
function nameOf({ header, segments }: Message): string {
  const evn = segments.find((each) => each.name === 'EVN');
  const event = textOf(header, 9, 2) || (evn === undefined ? '' : textOf(evn, 1));
  return `${textOf(header, 9)}^${event}`;
}
