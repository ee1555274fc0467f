import type { Issued } from '../../support/pki.ts';
import { cachedAuthority, cachedKeys, issue } from '../../support/pki.ts';

/** Where copies go to. The last one is nobody's: nothing is published for it. */
export const RECIPIENTS = [
  'dr.lee@direct.clinic.example',
  'dr.diaz@direct.hospital.example',
  'nurse@direct.clinic.example',
  'nobody@direct.nowhere.example',
] as const;

export const SENDER = 'records@direct.greenstreet.example';

const VALID = { notBefore: new Date('2000-01-01'), notAfter: new Date('2100-01-01') };

const identityOf = async (address: string, keys: string): Promise<Issued> =>
  issue(await cachedAuthority(), { ...VALID, address, keys: await cachedKeys(keys) });

export interface Identities {
  readonly anchor: Issued;
  readonly holder: Issued;
  readonly partners: ReadonlyMap<string, Issued>;
  /** Somebody whom nobody trusts. */
  readonly stranger: Issued;
}

let made: Promise<Identities> | undefined;

/** Everybody's certificates, made once in a process: keys are slow to make, and no decision depends on which they are. */
export const identities = (): Promise<Identities> => (made ??= make());

async function make(): Promise<Identities> {
  const published = RECIPIENTS.slice(0, -1);
  const issued = await Promise.all(published.map((each) => identityOf(each, 'partner')));
  const strangers = await cachedAuthority('Nobody');
  return {
    anchor: await cachedAuthority(),
    holder: await identityOf(SENDER, 'holder'),
    partners: new Map(published.map((address, at) => [address, issued[at]!])),
    stranger: await issue(strangers, {
      ...VALID,
      address: RECIPIENTS[0],
      keys: await cachedKeys('partner'),
    }),
  };
}
