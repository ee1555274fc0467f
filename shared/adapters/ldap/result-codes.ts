import { done, fail, type Outcome } from '../../outcome.ts';

/** What the result codes of a search mean for discovery; all others are an answer that cannot be used. */
const REFUSED = [
  1, // operationsError: how Active Directory says that it wants a bind first
  7, // authMethodNotSupported
  8, // strongerAuthRequired
  13, // confidentialityRequired
  48, // inappropriateAuthentication
  49, // invalidCredentials
  50, // insufficientAccessRights
  53, // unwillingToPerform
];
const UNREACHABLE = [
  3, // timeLimitExceeded
  51, // busy
  52, // unavailable
  80, // other: an inner fault
];
const SUCCESS = 0;
const NO_SUCH_OBJECT = 32;

/**
 * Whether a search ended well. A context that is not there holds nothing, which is no refusal.
 *
 * @see RFC 4511 appendix A
 * @failure discover/ldap-refused, discover/ldap-unreachable, discover/ldap-malformed (a referral, too many entries, …)
 */
export function endOfSearch(code: number): Outcome<void> {
  if (code === SUCCESS || code === NO_SUCH_OBJECT) return done(undefined);
  const detail = `result code ${code}`;
  if (REFUSED.includes(code)) return fail('discover/ldap-refused', detail);
  if (UNREACHABLE.includes(code)) return fail('discover/ldap-unreachable', detail);
  return fail('discover/ldap-malformed', detail);
}
