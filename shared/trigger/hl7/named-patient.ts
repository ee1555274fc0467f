import { isOid, isUuid } from '../../oid.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { normalIdentifiers } from '../../patient/identifier.ts';
import type { Identifier } from '../../patient/patient.ts';
import type { Hl7Settings } from '../../settings-hl7.ts';
import type { Message } from './read-message.ts';
import { componentsOf, repetitionsOf } from './segment.ts';

/** Each is looked up. */
const MAX_IDENTIFIERS = 20;

/** What carries the identifiers of a patient: PID-3, and nothing else, because only it says who assigned them. */
const PID_3 = 3;

/**
 * The identifiers by which a message names its patient, none when no authority says that it assigned one.
 *
 * @failure trigger/hl7-malformed two patients in one message, or more identifiers than anybody has
 */
export const namedPatient = (
  message: Message,
  settings: Pick<Hl7Settings, 'authorities'>,
): Outcome<readonly Identifier[]> => identifiersAt(message, 'PID', PID_3, settings);

/**
 * The identifiers in a field of a segment of which a message has one at most.
 *
 * @failure trigger/hl7-malformed two such segments in one message, or more identifiers than anybody has
 */
export function identifiersAt(
  { segments }: Message,
  name: string,
  field: number,
  { authorities }: Pick<Hl7Settings, 'authorities'>,
): Outcome<readonly Identifier[]> {
  const [segment, ...others] = segments.filter((each) => each.name === name);
  if (segment === undefined) return done([]);
  const repetitions = repetitionsOf(segment, field);
  if (others.length > 0 || repetitions.length > MAX_IDENTIFIERS) {
    return fail('trigger/hl7-malformed');
  }
  return done(
    normalIdentifiers(
      repetitions.flatMap((each) => identifierOf(componentsOf(each, segment), authorities)),
    ),
  );
}

/** A CX: CX.1 the number, CX.4 who assigned it. @see HL7 v2.9 chapter 2A, 2.A.14 */
function identifierOf(
  [number, , , authority]: readonly (readonly string[])[],
  authorities: Hl7Settings['authorities'],
): readonly Identifier[] {
  const value = number?.[0] ?? '';
  const system = systemOf(authority ?? [], authorities);
  return value === '' || system === undefined ? [] : [{ system, value }];
}

/** An HD: namespace, universal id, its type. A universal id says more than a namespace. */
function systemOf(
  [namespace = '', universalId = '', type = '']: readonly string[],
  authorities: Hl7Settings['authorities'],
): string | undefined {
  const kind = type.toUpperCase();
  if (['ISO', ''].includes(kind) && isOid(universalId)) return universalId;
  if (['UUID', 'GUID', ''].includes(kind) && isUuid(universalId)) return universalId;
  if (kind === 'URI' && universalId !== '') return universalId;
  return Object.hasOwn(authorities, namespace) ? authorities[namespace] : undefined;
}
