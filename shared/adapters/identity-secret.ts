import * as z from 'zod';
import {
  identityInFiles,
  identityInKms,
  identityInPkcs12,
  WrongIdentity,
  type NamedIdentity,
} from './named-identity.ts';

const Address = z.string().max(254);
const Pem = z.string().max(20_000);

/** Of an identity that was replaced: it decrypts what is still on its way to us, until then, and signs nothing. */
const DecryptUntil = z.iso.datetime().optional();

const InFiles = z.strictObject({
  address: Address,
  certificate: Pem,
  privateKey: Pem,
  decryptUntil: DecryptUntil,
});

const InPkcs12 = z.strictObject({
  address: Address,
  decryptUntil: DecryptUntil,
  pkcs12: z.string().max(100_000),
  password: z.string().max(128),
});

const InKms = z.strictObject({
  address: Address,
  certificate: Pem,
  // Of the key itself: permissions are not given to an alias.
  kmsKeyId: z.string().regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]{1,30}:\d{12}:key\/[\w-]{1,64}$/),
});

const IdentitySecret = z.strictObject({
  identities: z.array(z.record(z.string(), z.unknown())).min(1).max(100),
});

/**
 * Reads `{"identities":[…]}`, each an `address` with one of
 * - `certificate` and `privateKey` in PEM;
 * - `pkcs12` in base64 and its `password`;
 * - `certificate` in PEM and `kmsKeyId`, the ARN of its key: it signs, and cannot decrypt.
 *
 * With `decryptUntil`, a time in ISO 8601 UTC, one of the first two only decrypts, and that no longer than until then.
 *
 * @throws Error that names the identity by its position and says what is wrong, and quotes nothing of the secret
 */
export async function parseIdentities(text: string): Promise<readonly NamedIdentity[]> {
  const { identities } = parsed(IdentitySecret, readJson(text));
  const read = await Promise.all(identities.map(identityAt));
  const addresses = new Set(read.filter(isRead).map(({ address }) => address));
  const mute = read.findIndex((each) => isCurrent(each) && !addresses.has(each.address));
  if (mute < 0) return read;
  throw new Error(
    `The identity secret: identity ${mute} can only sign, and its address has no other that decrypts. ` +
      'That takes an RSA key in PEM or PKCS #12; without it no notice can be read',
  );
}

/**
 * Whether others encrypt to it from now on. Nobody can encrypt to an elliptic curve key who does not agree on one first,
 * and no Direct sender does.
 */
const isRead = (identity: NamedIdentity): boolean =>
  isCurrent(identity) && identity.decrypting?.privateKey.asymmetricKeyType === 'rsa';

const isCurrent = ({ decryptUntil }: NamedIdentity): boolean => decryptUntil === undefined;

async function identityAt(row: Record<string, unknown>, index: number): Promise<NamedIdentity> {
  try {
    if ('kmsKeyId' in row) return identityInKms(parsed(InKms, row, index));
    if ('pkcs12' in row) {
      const given = parsed(InPkcs12, row, index);
      return until(given, await identityInPkcs12(given));
    }
    const given = parsed(InFiles, row, index);
    return until(given, identityInFiles(given));
  } catch (error) {
    if (!(error instanceof WrongIdentity)) throw error;
    throw wrong([`identities.${index}.${error.message}`]);
  }
}

const until = (
  { decryptUntil }: { readonly decryptUntil?: string | undefined },
  identity: NamedIdentity,
): NamedIdentity =>
  decryptUntil === undefined ? identity : { ...identity, decryptUntil: new Date(decryptUntil) };

function parsed<T>(schema: z.ZodType<T>, value: unknown, index?: number): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const above = index === undefined ? [] : ['identities', index];
  throw wrong(result.error.issues.map(({ path }) => [...above, ...path].join('.') || 'the whole'));
}

const wrong = (places: readonly string[]): Error =>
  new Error(`The identity secret is wrong at: ${places.join(', ')}`);

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
