import * as z from 'zod';
import { Identifier, Reference, Word } from './reference.ts';

/** What is read of the resources that a notification may carry; whatever else stands in them is let be. */

const Coding = z.looseObject({ system: Word.optional(), code: Word.optional() });
const Concept = z.looseObject({ coding: z.array(Coding).max(50).optional() });
const Period = z.looseObject({ start: Word.optional(), end: Word.optional() });
const Leaving = z.looseObject({ dischargeDisposition: Concept.optional() });

const named = { id: Word.optional() };

const Encounter = z.looseObject({
  ...named,
  resourceType: z.literal('Encounter'),
  status: Word,
  /** One coding in R4, several concepts in R5. */
  class: z.union([z.array(Concept).max(50), Coding]).optional(),
  subject: Reference.optional(),
  period: Period.optional(),
  /** As R5 calls `period` and `hospitalization`. */
  actualPeriod: Period.optional(),
  hospitalization: Leaving.optional(),
  admission: Leaving.optional(),
});

export type Encounter = z.infer<typeof Encounter>;

const DiagnosticReport = z.looseObject({
  ...named,
  resourceType: z.literal('DiagnosticReport'),
  status: Word,
  category: z.array(Concept).max(50).optional(),
  subject: Reference.optional(),
  issued: Word.optional(),
});

export type DiagnosticReport = z.infer<typeof DiagnosticReport>;

const ImagingStudy = z.looseObject({
  ...named,
  resourceType: z.literal('ImagingStudy'),
  status: Word,
  subject: Reference.optional(),
  started: Word.optional(),
});

const ExplanationOfBenefit = z.looseObject({
  ...named,
  resourceType: z.literal('ExplanationOfBenefit'),
  status: Word,
  outcome: Word,
  patient: Reference.optional(),
  created: Word.optional(),
});

const Patient = z.looseObject({
  ...named,
  resourceType: z.literal('Patient'),
  identifier: z.array(Identifier).max(50).optional(),
});

const KNOWN = z.discriminatedUnion('resourceType', [
  Encounter,
  DiagnosticReport,
  ImagingStudy,
  ExplanationOfBenefit,
  Patient,
]);

const isKnown = (type: string): boolean =>
  KNOWN.options.some(({ shape }) => shape.resourceType.value === type);

/** Of any other type nothing is read, whatever its fields are called. */
const Other = z
  .looseObject({ ...named, resourceType: Word.refine((type) => !isKnown(type)) })
  .transform(({ id, resourceType }) => ({
    resourceType: 'other' as const,
    id,
    type: resourceType,
  }));

export const Resource = z.union([KNOWN, Other]);

export type Resource = z.infer<typeof Resource>;
export type PatientResource = z.infer<typeof Patient>;
