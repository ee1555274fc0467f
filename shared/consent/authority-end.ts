/** When the authority ends by which something was done, ISO 8601 UTC; absent: it was the patient's own, or has no end. */
export interface AuthorityEnd {
  readonly authorityEndsAt?: string;
}

/** From the moment of its end on. */
export const isAuthorityEnded = ({ authorityEndsAt }: AuthorityEnd, now: Date): boolean =>
  authorityEndsAt !== undefined && now.getTime() >= Date.parse(authorityEndsAt);
