import * as z from 'zod';
import { isAllSeen } from '../characters.ts';
import type { Labels } from './labels.ts';
import { CONFIDENTIALITIES } from './sensitivity.ts';

const shown = (maxLength: number) => z.string().trim().min(1).max(maxLength).refine(isAllSeen);

/** What a data holder says of a file that is no CDA document, in a query or a body. */
export const LabelFields = z.strictObject({
  title: shown(256).optional(),
  /** LOINC. */
  type: z
    .string()
    .regex(/^[1-9][0-9]{0,6}-[0-9]$/)
    .optional(),
  typeDisplay: shown(128).optional(),
  createdAt: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
  confidentiality: z.enum(CONFIDENTIALITIES).optional(),
  language: z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/)
    .optional(),
});

/** The same, understood. */
export const GivenLabels = LabelFields
  // A name is that of a type, and of nothing without one.
  .refine(({ type, typeDisplay }) => type !== undefined || typeDisplay === undefined)
  .transform(({ type, typeDisplay: display, ...labels }): Labels =>
    type === undefined
      ? labels
      : { ...labels, type: display === undefined ? { code: type } : { code: type, display } },
  );
