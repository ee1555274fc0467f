import type { FailureCode } from '../../failures.ts';
import type { Certificate } from '../certificate.ts';
import type { GeneralName } from '../general-name.ts';
import { isHostName } from '../host-name.ts';
import { octetsOf } from '../ip-address.ts';

/** Whom somebody expects to meet at the other end, where it is no Direct address. */
export interface PeerName {
  readonly type: 'dns' | 'email' | 'ip';
  readonly value: string;
}

/**
 * Whether the alternative names of a certificate name the peer. In names of hosts case does not count, and a whole first
 * label may be a wildcard, behind which two labels have to stand. In an address of mail case counts before the at sign.
 * Names in the subject bind nothing.
 *
 * @see RFC 5280 section 4.2.1.6
 * @see RFC 9525 section 6.3
 */
export const checkPeerName = (
  { names }: Pick<Certificate, 'names'>,
  peer: PeerName,
): FailureCode | undefined =>
  names.some((name) => isPeer(name, peer)) ? undefined : 'trust/wrong-address';

function isPeer(name: GeneralName, { type, value }: PeerName): boolean {
  if (name.kind !== type) return false;
  if (name.kind === 'ip') return octetsOf(value)?.equals(name.bytes) === true;
  if (name.kind === 'dns') return isHost(name.text.toLowerCase(), value.toLowerCase());
  return isMailbox(name.text, value);
}

function isHost(pattern: string, host: string): boolean {
  if (!isHostName(host)) return false;
  if (!pattern.startsWith('*.')) return pattern === host;
  const domain = pattern.slice(1);
  const label = host.slice(0, -domain.length);
  const isBelow = host.endsWith(domain) && label !== '' && !label.includes('.');
  return isBelow && domain.lastIndexOf('.') > 0;
}

/** At the last at sign: those before it belong to a quoted local part. */
function isMailbox(one: string, other: string): boolean {
  const [at, otherAt] = [one.lastIndexOf('@'), other.lastIndexOf('@')];
  const sameLocal = at > 0 && one.slice(0, at) === other.slice(0, otherAt);
  return sameLocal && one.slice(at).toLowerCase() === other.slice(otherAt).toLowerCase();
}
