import { chainOf, codeOf, type Link } from '../../support/chains.ts';
import {
  COMMON_NAME,
  COUNTRY,
  nameConstraintsExtension as constraints,
  namesExtension as names,
  ORGANIZATION,
  UNIT,
  type AnyName,
  type NameLimits,
  type NamePart,
} from '../../support/pki.ts';

export const US: NamePart = { type: COUNTRY, text: 'US', encoding: 'printable' };
export const CLINIC: NamePart = { type: ORGANIZATION, text: 'Clinic' };
export const WARD: NamePart = { type: UNIT, text: 'Ward' };
export const DOCTOR: NamePart = { type: COMMON_NAME, text: 'Doctor' };

export const limited = (limits: NameLimits, link: Link = {}): Link => ({
  ...link,
  extraExtensions: [constraints(limits)],
});
export const named = (...given: AnyName[]): Link => ({ san: [], extraExtensions: [names(given)] });
export const subject = (...parts: NamePart[]): Link => ({ subject: parts, san: [] });

export const judged = async (limits: NameLimits, leaf: Link): Promise<ReturnType<typeof codeOf>> =>
  codeOf(await chainOf({}, [limited(limits), leaf]));

export const VALID = 'valid';
export const REFUSED = 'trust/name-constraints';
export const permitted = (...given: AnyName[]): NameLimits => ({ permitted: given });
export const excluded = (...given: AnyName[]): NameLimits => ({ excluded: given });
