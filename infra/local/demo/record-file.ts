import { checkDocument } from '../../../shared/record/intake.ts';
import { identifiersIn } from '../../../shared/record/belongs.ts';
import type { Outcome } from '../../../shared/outcome.ts';
import { done } from '../../../shared/outcome.ts';
import type { SamplePatient } from '../sample/record.ts';

const SEXES: Readonly<Record<string, SamplePatient['sex']>> = { F: 'female', M: 'male' };

/**
 * The patient of a C-CDA as its header names them, registered under the ids that stand there.
 *
 * @failure whatever makes the document no record
 */
export function patientOfFile(bytes: Uint8Array): Outcome<SamplePatient> {
  const checked = checkDocument(bytes);
  if (!checked.ok) return checked;
  const { header } = checked.value;
  const [target] = header.patients;
  const [name] = target?.names ?? [];
  const birthDate = /^(\d{4})(\d\d)(\d\d)/
    .exec(target?.birthTime ?? '')
    ?.slice(1)
    .join('-');
  return done({
    id: 'from-file',
    identifiers: identifiersIn(header),
    name: { family: name?.family ?? 'Unknown', given: name?.given ?? [] },
    birthDate: birthDate ?? '1900-01-01',
    sex: SEXES[target?.gender ?? ''] ?? 'unknown',
    language: 'en',
  });
}
