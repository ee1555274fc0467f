import * as z from 'zod';
import { isAllSeen } from '../../shared/characters.ts';
import type { Sha256 } from '../../shared/ids.ts';
import type { Labels } from '../../shared/record/labels.ts';
import { CONFIDENTIALITIES } from '../../shared/record/sensitivity.ts';

const shown = (maxLength: number) => z.string().trim().min(1).max(maxLength).refine(isAllSeen);

/** The query of an upload: what is to be said of a file that is no CDA document. */
export const LabelsQuery = z
  .strictObject({
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
  })
  // A name is that of a type, and of nothing without one.
  .refine(({ type, typeDisplay }) => type !== undefined || typeDisplay === undefined)
  .transform(({ type, typeDisplay: display, ...labels }): Labels =>
    type === undefined
      ? labels
      : { ...labels, type: display === undefined ? { code: type } : { code: type, display } },
  );

/** Which version was looked at: another may have come since. */
export const ReleaseBody = z.strictObject({
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .transform((text) => text.toLowerCase() as Sha256),
});

export type ReleaseBody = z.infer<typeof ReleaseBody>;
