import { done, fail } from '../../../shared/outcome.ts';
import type { DecryptionKeys, SigningKeys } from '../../../shared/secure/keys.ts';
import type { LocalIdentity } from '../../../shared/secure/local-identity.ts';

/** Our identities in memory: the first of an address signs for it, all decrypt. */
export const memoryKeys = (
  owned: readonly { readonly address: string; readonly identity: LocalIdentity }[],
): SigningKeys & DecryptionKeys => ({
  async signing(sender) {
    const wanted = sender.toLowerCase();
    const found = owned.find(({ address }) => address.toLowerCase() === wanted);
    return found ? done(found.identity) : fail('secure/no-identity');
  },
  decryption: async () => owned.map(({ identity }) => identity),
});
