import {
  batchIdOf,
  transmissionIdOf,
  type DirectAddress,
  type RequestId,
} from '../../shared/ids.ts';
import type { Outcome } from '../../shared/outcome.ts';
import { packageRecord, type Bundle } from '../../shared/package/package-record.ts';
import { Settings } from '../../shared/settings.ts';
import type { RecordOfFiles } from './record-of-files.ts';

/** Who sends a package, and to whom. */
export interface Parties {
  readonly from: DirectAddress;
  readonly to: DirectAddress;
  /** The data holder, and the OID of it. */
  readonly name: string;
  readonly oid: string;
}

/** Where nothing else is said; the OID is one for examples. */
export const USUAL_PARTIES: Parties = {
  from: 'records@holder.example' as DirectAddress,
  to: 'recipient@clinic.example' as DirectAddress,
  name: 'Data holder',
  oid: '1.3.6.1.4.1.32473.1',
};

/**
 * Packages a record as a stage would whose settings say nothing of packages.
 *
 * @failure the codes of `packageRecord`
 */
export function bundleOf(
  record: RecordOfFiles,
  { from, to, name, oid }: Parties,
  now: Date,
): Outcome<Bundle> {
  const inside = record.documents.map(({ document }) => document.sha256);
  const batch = batchIdOf([now.toISOString(), ...inside].join(' '));
  return packageRecord({
    ...record,
    sender: { address: from, name, organizationOid: oid, contact: name },
    recipient: to,
    submissionTime: now,
    transmissionId: transmissionIdOf('req_by-hand' as RequestId, batch, to),
    fallbacks: Settings.shape.fallbacks.parse(undefined),
    sensitive: Settings.shape.sensitive.parse(undefined),
    language: 'en',
  });
}
