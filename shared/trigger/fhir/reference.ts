import * as z from 'zod';
import { PRINTABLE } from '../../characters.ts';

/** URLs, canonical URLs, codes: what FHIR writes in one word. */
export const Word = z.string().regex(PRINTABLE).max(500);

const text = z.string().min(1).max(200);

export const Identifier = z.looseObject({ system: text.optional(), value: text.optional() });

export type Identifier = z.infer<typeof Identifier>;

export const Reference = z.looseObject({
  reference: Word.optional(),
  type: Word.optional(),
  identifier: Identifier.optional(),
});

export type Reference = z.infer<typeof Reference>;

/** `Encounter/1` at the end of a URL, whatever stands before it, with or without a version. */
const RESTFUL =
  /(?:^|\/)([A-Z][A-Za-z]{1,63})\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/;

export interface Target {
  readonly type: string;
  readonly id: string;
}

/** What a literal reference names; nothing when it is a URN or of no such form. */
export function targetOf(reference: string | undefined): Target | undefined {
  const [, type, id] = RESTFUL.exec(reference ?? '') ?? [];
  return type === undefined || id === undefined ? undefined : { type, id };
}

/** The type of what it refers to, as far as the reference itself says. */
export const typeIn = ({ reference, type }: Reference): string | undefined =>
  targetOf(reference)?.type ?? type;

/** Without the version of what it refers to. */
export const unversioned = (reference: string): string =>
  reference.replace(/\/_history\/[^/]*$/, '');
