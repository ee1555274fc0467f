import { done, fail, type Outcome } from '../../outcome.ts';
import { LOINC } from '../../record/clinical-document.ts';
import { documentTypeCalled } from '../../record/document-type.ts';
import { checkDocument, type CheckedDocument } from '../../record/intake.ts';
import { CONFIDENTIALITIES, strictestOf, type Sensitivity } from '../../record/sensitivity.ts';
import type { DescribedCode, DescribedDocument } from '../read/described-document.ts';
import type { XdrDocument, XdrSubmission } from '../xdr/xdr.ts';

/** A document of a submission, checked as one of a record is, and held against what the metadata says of it. */
export interface CheckedPart {
  readonly given: XdrDocument;
  readonly checked: CheckedDocument;
  /** Of what the document and the metadata say, the strictest. */
  readonly sensitivity: Sensitivity;
}

/**
 * Checks every document of a submission.
 *
 * @failure edge/unsupported-media, package/contradiction, and the codes of `checkDocument`
 */
export function checkedParts({ documents }: XdrSubmission): Outcome<readonly CheckedPart[]> {
  const parts: CheckedPart[] = [];
  for (const given of documents) {
    const { described, bytes } = given;
    const type = documentTypeCalled(described.mimeType ?? '');
    if (type === undefined) return fail('edge/unsupported-media');
    const checked = checkDocument(bytes, type);
    if (!checked.ok) return checked;
    if (isOfOtherType(described, checked.value)) return fail('package/contradiction', 'type');
    parts.push({
      given,
      checked: checked.value,
      sensitivity: sensitivityOf(described, checked.value),
    });
  }
  return done(parts);
}

/** Its hash and its size were held against it as it was read; whose it is, is asked where patients are known. */
function isOfOtherType({ typeCode }: DescribedDocument, { sensitivity }: CheckedDocument): boolean {
  const [said, is] = [loincIn(typeCode), sensitivity.typeCode];
  return said !== undefined && is !== undefined && said !== is;
}

/** A code is compared where both are of one system; others write the name of the system where its OID should stand. */
function loincIn(code: DescribedCode | undefined): string | undefined {
  const system = code?.system?.toLowerCase().replace(/^urn:oid:/, '');
  return system === LOINC || system === 'loinc' ? code?.code : undefined;
}

const sensitivityOf = (
  { confidentialityCode, typeCode }: DescribedDocument,
  { sensitivity }: CheckedDocument,
): Sensitivity => ({
  confidentiality: strictestOf([
    sensitivity.confidentiality,
    ...CONFIDENTIALITIES.filter((code) => code === confidentialityCode?.code),
  ]),
  typeCode: sensitivity.typeCode ?? loincIn(typeCode),
});
