import { isOid, isUuid } from '../../oid.ts';
import { normalIdentifier } from '../../patient/identifier.ts';
import type { Patient } from '../../patient/patient.ts';
import type {
  DocumentHeader,
  InstanceIdentifier,
  Organization,
  RecordTarget,
} from '../../record/header.ts';
import type { Settings } from '../../settings.ts';
import { MAX_VALUE } from '../metadata/hl7v2.ts';
import { oidOf, type Assigned } from './oids.ts';

export const NPI = '2.16.840.1.113883.4.6';
/** The Social Security Number: it never leaves in metadata. */
const SSN = '2.16.840.1.113883.4.1';

/** From `id`: the root, with its extension if it has one; a root that is a UUID alone as a URN. */
export function ownIdOf({ id }: DocumentHeader): string | undefined {
  const oid = id && oidOf(id.root);
  if (!id || !oid) return undefined;
  if (id.extension === undefined)
    return isUuid(id.root) ? `urn:uuid:${id.root.toLowerCase()}` : oid;
  const value = `${oid}^${id.extension}`;
  return value.length <= MAX_VALUE && /^[^|^~&\\]+$/.test(id.extension) ? value : undefined;
}

/** An II as HL7 v2 can say it: a number under an OID. */
export function assignedOf({ root, extension }: InstanceIdentifier): Assigned | undefined {
  const oid = oidOf(root);
  return oid && extension !== undefined ? { id: extension, oid } : undefined;
}

/**
 * From recordTarget/patientRole/id: the number under which the custodian or the patient's provider knows the patient,
 * else the first one there is, else one under which the patient is registered here, else, where it is configured whose
 * numbers they are, the data holder's own id of the patient.
 */
export function patientIdOf(
  target: RecordTarget | undefined,
  custodian: Organization | undefined,
  patient: Patient,
  { sourceOid }: Settings['fallbacks'],
): Assigned | undefined {
  const candidates = (target?.ids ?? []).flatMap((id) => assignedOf(id) ?? []).filter(maySend);
  const authorities = [target?.provider, custodian]
    .flatMap((organization) => organization?.ids ?? [])
    .flatMap(({ root }) => (root === NPI ? [] : (oidOf(root) ?? [])));
  const own = candidates.find(({ oid }) => authorities.some((root) => isUnder(oid, root)));
  const sourceId = sourceOid === undefined ? undefined : { id: patient.id, oid: sourceOid };
  return own ?? candidates[0] ?? registeredIdOf(patient) ?? sourceId;
}

const registeredIdOf = ({ identifiers }: Patient): Assigned | undefined =>
  identifiers
    .map(normalIdentifier)
    .map(({ system, value }) => ({ id: value, oid: system }))
    .find((assigned) => isOid(assigned.oid) && maySend(assigned));

const maySend = ({ oid }: Assigned): boolean => oid !== SSN;

const isUnder = (oid: string, root: string): boolean => oid === root || oid.startsWith(`${root}.`);
