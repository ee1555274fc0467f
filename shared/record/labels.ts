import { strictestOf, type Confidentiality, type Sensitivity } from './sensitivity.ts';

/** What the data holder says of a file that does not say it itself. */
export interface Labels {
  readonly title?: string | undefined;
  /** LOINC, and how its code is called. */
  readonly type?: { readonly code: string; readonly display?: string | undefined } | undefined;
  /** ISO 8601: a date, or a date and time with its zone. */
  readonly createdAt?: string | undefined;
  readonly confidentiality?: Confidentiality | undefined;
  /** BCP 47. */
  readonly language?: string | undefined;
}

/** What a file says of itself and what is said of it; a label can make it stricter, and no less strict. */
export const labelled = (own: Sensitivity, { confidentiality, type }: Labels): Sensitivity => ({
  confidentiality: strictestOf([own.confidentiality, confidentiality ?? 'N']),
  typeCode: type?.code,
});
