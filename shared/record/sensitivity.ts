import { LOINC } from './clinical-document.ts';
import type { DocumentHeader } from './header.ts';

/** From the least strict to the strictest. */
export const CONFIDENTIALITIES = ['N', 'R', 'V'] as const;

/** Codes of HL7 Confidentiality: normal, restricted, very restricted. */
export type Confidentiality = (typeof CONFIDENTIALITIES)[number];

/** Of what is said of several, or said twice of one. */
export const strictestOf = (all: readonly Confidentiality[]): Confidentiality =>
  CONFIDENTIALITIES.findLast((code) => all.includes(code)) ?? 'N';

/** What a data holder may go by when it decides which documents are sensitive. */
export interface Sensitivity {
  readonly confidentiality: Confidentiality;
  /** LOINC; absent where the document has no such code. */
  readonly typeCode?: string | undefined;
}

export const sensitivityOf = (
  header: Pick<DocumentHeader, 'confidentiality' | 'code'>,
): Sensitivity => ({
  confidentiality: confidentialityOf(header),
  typeCode: loincTypeOf(header),
});

/** From `confidentialityCode`. What is missing or no such code counts as normal; a restriction is kept whatever its system. */
export const confidentialityOf = ({
  confidentiality,
}: Pick<DocumentHeader, 'confidentiality'>): Confidentiality =>
  CONFIDENTIALITIES.find((code) => code === confidentiality?.code) ?? 'N';

/** From `code`, when it is a LOINC code by its form; the codes of real documents are not always codes. */
export const loincTypeOf = ({ code }: Pick<DocumentHeader, 'code'>): string | undefined =>
  code?.codeSystem === LOINC && /^[1-9][0-9]{0,6}-[0-9]$/.test(code.code) ? code.code : undefined;
