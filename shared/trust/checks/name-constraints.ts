import type { FailureCode } from '../../failures.ts';
import type { Certificate } from '../certificate.ts';
import type { Subtree } from '../extensions/name-constraints.ts';
import type { GeneralName } from '../general-name.ts';
import { spend, type Effort } from '../path/effort.ts';
import { isSelfIssued } from '../path/self-issued.ts';
import { relationOf } from '../path/subtrees.ts';

/**
 * Whether an authority may vouch for every name of the certificates below it: each has to lie within a permitted
 * subtree, if there is any of its kind, and outside of all that are excluded. What an authority issued to itself on
 * the way is exempt. To ask each authority of all that is below it comes to the same as to intersect what they permit.
 *
 * Of kinds for which there is no rule (otherName and the like) a name is refused as soon as it meets a constraint. An
 * address in SmtpUTF8Mailbox, which is an otherName, meets those of addresses too (RFC 9598 section 6).
 *
 * @param below from the leaf, which comes first, to the one that this authority issued
 * @failure trust/name-constraints, trust/unsupported, trust/too-costly
 * @see RFC 5280 sections 4.2.1.10, 6.1.3 (b) and (c), 6.1.4 (g)
 */
export function checkNameConstraints(
  { nameConstraints }: Certificate,
  below: readonly Certificate[],
  effort: Effort,
): FailureCode | undefined {
  if (!nameConstraints) return undefined;
  const { permitted, excluded } = nameConstraints;
  const bound = below.filter((each, at) => at === 0 || !isSelfIssued(each));
  for (const name of bound.flatMap(constrainedNames)) {
    const cost = permitted.length + excluded.length;
    if (!spend(effort, 'nameComparisonsLeft', cost)) return 'trust/too-costly';
    const fault = faultOf(name, permitted.filter(isFor(name)), excluded.filter(isFor(name)));
    if (fault) return fault;
  }
  return undefined;
}

const isFor =
  (name: GeneralName) =>
  ({ base }: Subtree): boolean =>
    base.kind === 'email' && name.kind === 'other'
      ? isMailbox(name.der)
      : base.kind === name.kind &&
        (base.kind !== 'other' || name.kind !== 'other' || base.tag === name.tag);

/** OID of SmtpUTF8Mailbox, DER. */
const UTF8_MAILBOX = Buffer.from('06082b06010505070809', 'hex');

const isMailbox = (otherName: Uint8Array): boolean => Buffer.from(otherName).includes(UTF8_MAILBOX);

function faultOf(
  name: GeneralName,
  permitted: readonly Subtree[],
  excluded: readonly Subtree[],
): FailureCode | undefined {
  const all = [...permitted, ...excluded];
  if (all.length === 0) return undefined;
  if (name.kind === 'other' || all.some(({ isCut }) => isCut)) return 'trust/unsupported';
  const isPermitted =
    permitted.length === 0 || permitted.some(({ base }) => relationOf(base, name) === 'inside');
  const isExcluded = excluded.some(({ base }) => relationOf(base, name) !== 'outside');
  return isPermitted && !isExcluded ? undefined : 'trust/name-constraints';
}

/** The subject counts as a directory name, and as addresses where older certificates have none elsewhere. */
function constrainedNames({ subject, names, rfc822Names }: Certificate): readonly GeneralName[] {
  const directory = subject.isEmpty ? [] : [{ kind: 'directory', name: subject } as const];
  const addresses = rfc822Names.length > 0 ? [] : subject.emailAddresses;
  return [...directory, ...names, ...addresses.map((text) => ({ kind: 'email', text }) as const)];
}
