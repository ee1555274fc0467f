import { done, fail, type Outcome } from '../../outcome.ts';
import { onePatient } from '../../patient/by-identifiers.ts';
import { identifierText } from '../../patient/identifier.ts';
import type { Identifier, Patient } from '../../patient/patient.ts';
import type { PatientStore } from '../../patient/store.ts';
import type { Hl7Settings } from '../../settings-hl7.ts';
import { mergeRegistrations, type MergePorts } from '../../transmit-request/registration/merge.ts';
import { identifiersAt, namedPatient } from './named-patient.ts';
import type { Message } from './read-message.ts';

export type TakeMergePorts = MergePorts & { readonly patients: PatientStore };

/** Whoever is merged is named by the identifiers that are given up. @see HL7 v2.9 chapter 3, 3.4.10 */
const MRG_1 = 1;

/**
 * Takes an ADT^A40: the registration that MRG-1 names is merged into the one that PID-3 names. What nobody here holds of
 * MRG-1 is left aside; when nobody holds any of it, or the survivor does, there is nothing to merge: then the message
 * was taken before, or is about somebody who never was registered here.
 *
 * @failure trigger/hl7-malformed (not one pair of PID and MRG, or no identifier with its authority in one of them),
 *   patient/same (PID-3 names nobody beside those who are given up), patient/unknown (the survivor is not registered),
 *   patient/ambiguous (either names two patients), and the codes of `mergeRegistrations`
 */
export async function takeMerge(
  message: Message,
  settings: Pick<Hl7Settings, 'authorities'>,
  ports: TakeMergePorts,
): Promise<Outcome<'accepted' | 'ignored'>> {
  const named = namedIn(message, settings);
  if (!named.ok) return named;
  const given = await holdersOf(named.value.given, ports);
  const isHeld = given.some((each) => each.ok || each.failure.code !== 'patient/unknown');
  if (!isHeld) return done('ignored');
  const survivor = onePatient(await holdersOf(named.value.survivor, ports));
  if (!survivor.ok) return survivor;
  const others = given.filter((each) => !each.ok || each.value.id !== survivor.value.id);
  const other = onePatient(others);
  if (!other.ok) return other.failure.code === 'patient/unknown' ? done('ignored') : other;
  const merged = await mergeRegistrations({ from: other.value.id, into: survivor.value.id }, ports);
  return merged.ok ? done('accepted') : merged;
}

interface Named {
  readonly survivor: readonly Identifier[];
  readonly given: readonly Identifier[];
}

/** Some systems repeat in PID-3 what is given up: it says nothing of who stays. */
function namedIn(message: Message, settings: Pick<Hl7Settings, 'authorities'>): Outcome<Named> {
  const stays = namedPatient(message, settings);
  if (!stays.ok) return stays;
  const given = identifiersAt(message, 'MRG', MRG_1, settings);
  if (!given.ok) return given;
  if (stays.value.length === 0 || given.value.length === 0) return fail('trigger/hl7-malformed');
  const texts = new Set(given.value.map(identifierText));
  const survivor = stays.value.filter((each) => !texts.has(identifierText(each)));
  return survivor.length === 0 ? fail('patient/same') : done({ survivor, given: given.value });
}

const holdersOf = (
  identifiers: readonly Identifier[],
  { patients }: Pick<TakeMergePorts, 'patients'>,
): Promise<readonly Outcome<Patient>[]> =>
  Promise.all(identifiers.map((each) => patients.byIdentifier(each)));
