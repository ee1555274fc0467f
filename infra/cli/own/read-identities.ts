import type { LocalIdentity } from '../../../shared/secure/local-identity.ts';
import { UsageError } from '../command.ts';
import { readIdentity } from '../certificates/read-identity.ts';

/** For `readArgs`: each key in PEM takes the next certificate. */
export const IDENTITIES_OPTIONS = {
  key: { type: 'string', multiple: true },
  cert: { type: 'string', multiple: true },
  'password-file': { type: 'string' },
} as const;

interface IdentityFiles {
  readonly key?: readonly string[] | undefined;
  readonly cert?: readonly string[] | undefined;
  readonly 'password-file'?: string | undefined;
}

/** One identity, or the two of a pair: one signs, the other decrypts. @throws CommandError */
export async function readIdentities({
  key = [],
  cert = [],
  ...rest
}: IdentityFiles): Promise<readonly LocalIdentity[]> {
  if (key.length < 1 || key.length > 2) {
    throw new UsageError('Name the private key with --key, or the two of a pair.');
  }
  const left = [...cert];
  const identities: LocalIdentity[] = [];
  for (const file of key) {
    const isPkcs12 = /\.(?:p12|pfx)$/i.test(file);
    identities.push(
      await readIdentity(isPkcs12 ? { key: file, ...rest } : { key: file, cert: left.shift() }),
    );
  }
  if (left.length > 0) throw new UsageError('There are more certificates than keys in PEM.');
  return identities;
}
