import type { DirectAddress } from '../../../shared/ids.ts';
import type { LocalIdentity } from '../../../shared/secure/local-identity.ts';
import { judgeIdentity, type Authorities, type IdentityVerdict } from './judge-identity.ts';
import { own } from './read-own.ts';

type Purpose = IdentityVerdict['serves'][number];

/** An identity that is to be installed, and what was found out about it. */
export interface Judged extends IdentityVerdict {
  readonly identity: LocalIdentity;
}

/** In the order in which they are told: what may sign comes first. */
export async function judgeAll(
  identities: readonly LocalIdentity[],
  address: DirectAddress,
  authorities: Authorities,
  now: Date,
): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const [index, identity] of identities.entries()) {
    const { certificate } = own(`Certificate ${index + 1}`, identity.certificate);
    const verdict = await judgeIdentity(certificate, address, authorities, now);
    judged.push({ identity, ...verdict });
  }
  return judged.toSorted((one, other) => rankOf(one) - rankOf(other));
}

const rankOf = ({ serves }: Judged): number => (serves.includes('signature') ? 0 : 1);

/** What is wrong with them whatever the secret holds. Both ends have to be served, by one or by the two of a pair. */
export function faultsOf(judged: readonly Judged[]): readonly string[] {
  const faults = judged.flatMap((each, index) =>
    each.faults.map((fault) => `certificate ${index + 1}: ${fault}`),
  );
  if (faults.length > 0 || serve(judged, 'encryption')) return faults;
  return ['nobody could encrypt to us: install the two of a pair together'];
}

/** Those that may be used so, in their order. */
export const identitiesFor = (
  judged: readonly Judged[],
  purpose: Purpose,
): readonly LocalIdentity[] =>
  judged.filter(({ serves }) => serves.includes(purpose)).map(({ identity }) => identity);

const serve = (judged: readonly Judged[], purpose: Purpose): boolean =>
  judged.some(({ serves }) => serves.includes(purpose));
