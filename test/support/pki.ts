import {
  issue,
  makeAuthority,
  newKeys,
  type Authority,
  type Issued,
  type IssueOptions,
  type KeyPair,
} from '../../infra/local/certificates/authority.ts';

export {
  issue,
  makeAuthority,
  newKeys,
  pemOf,
  type Authority,
  type Issued,
  type IssueOptions,
  type KeyPair,
} from '../../infra/local/certificates/authority.ts';
export { EMAIL_PROTECTION, type Extension } from '../../infra/local/certificates/extensions.ts';
export * from '../../infra/local/certificates/names.ts';
export * from '../../infra/local/certificates/restrictions.ts';

const kept = new Map<string, Promise<unknown>>();

function once<T>(name: string, make: () => Promise<T>): Promise<T> {
  const known = kept.get(name) as Promise<T> | undefined;
  if (known) return known;
  const made = make();
  kept.set(name, made);
  return made;
}

/** A key pair made once in a process: the same name and kind give the same key, for RSA keys are slow to make. */
export const cachedKeys = (
  name: string,
  options: Pick<IssueOptions, 'bits' | 'ec'> = {},
): Promise<KeyPair> =>
  once(`keys ${name} ${options.bits ?? ''} ${options.ec ?? ''}`, () => newKeys(options));

/** The authority of that name, made once in a process; valid at every time of which a test may speak. */
export const cachedAuthority = (name = 'Test Anchor'): Promise<Authority> =>
  once(`authority ${name}`, async () =>
    makeAuthority({
      name,
      keys: await cachedKeys(`authority ${name}`),
      notBefore: new Date('2000-01-01T00:00:00Z'),
      notAfter: new Date('2100-01-01T00:00:00Z'),
    }),
  );

/** Before the time of which most tests speak, whatever that of the machine is. */
const NOT_BEFORE = new Date('2026-01-01T00:00:00Z');

/** A certificate with a cached key (one named `leaf` unless options bring one), so that only its defect costs time. */
export const issueQuickly = async (authority: Authority, options: IssueOptions): Promise<Issued> =>
  issue(authority, {
    notBefore: NOT_BEFORE,
    ...options,
    keys: options.keys ?? (await cachedKeys('leaf', options)),
  });

/** The same bytes with one bit of the signature turned. */
export function withBrokenSignature(certificate: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(certificate);
  copy[copy.length - 20]! ^= 1;
  return copy;
}
