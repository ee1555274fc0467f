import { unescaped } from './escape.ts';
import type { Separators } from './separators.ts';

/** How the text of a message is taken apart. */
export interface Reading {
  readonly separators: Separators;
  /** As `TextDecoder` names it. */
  readonly charset: string;
}

export interface Segment extends Reading {
  readonly name: string;
  /** As they were sent: the first is MSH-2 of the segment MSH, and the field 1 of any other. */
  readonly fields: readonly string[];
}

/** @param number as HL7 counts; MSH-1 is the separator of fields itself */
export const fieldOf = ({ name, fields }: Segment, number: number): string =>
  fields[name === 'MSH' ? number - 2 : number - 1] ?? '';

/** The repetitions of a field, as they were sent. */
export const repetitionsOf = (segment: Segment, number: number): readonly string[] =>
  fieldOf(segment, number).split(segment.separators.repetition);

/** The components of one repetition, each with its subcomponents, as text. */
export const componentsOf = (
  repetition: string,
  { separators, charset }: Reading,
): readonly (readonly string[])[] =>
  repetition
    .split(separators.component)
    .map((component) =>
      component
        .split(separators.subcomponent)
        .map((each) => unescaped(each, separators, charset).trim()),
    );

/** The text of one component of the first repetition of a field; empty when there is none. */
export function textOf(segment: Segment, number: number, component = 1): string {
  const [first = ''] = repetitionsOf(segment, number);
  return componentsOf(first, segment)[component - 1]?.[0] ?? '';
}
