import type { Certificate } from '../certificate.ts';

/** Issued by an authority to itself, as when it changes its key or its policies. That it signed it is not said. */
export const isSelfIssued = ({ subject, issuer }: Certificate): boolean =>
  subject.comparable === issuer.comparable;

/** How many there are between the ends of a path that an authority issued to another one. */
export const depthOf = ([, ...above]: readonly Certificate[]): number =>
  above.filter((each) => !isSelfIssued(each)).length;
