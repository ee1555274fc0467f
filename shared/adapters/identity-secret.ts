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

/** What functions read: the one that signs has one secret, the one that decrypts another, and neither both. */
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
 * Of neither secret more is asked here than that it can be read.
 *
 * @throws Error that names the identity by its position and says what is wrong, and quotes nothing of the secret
 */
export async function parseIdentities(text: string): Promise<readonly NamedIdentity[]> {
  const { identities } = parsed(IdentitySecret, readJson(text));
  return Promise.all(identities.map(identityAt));
}

/**
 * The secret of who signs. What was replaced has no place in it.
 *
 * @throws Error as parseIdentities
 */
export async function parseSigningSecret(text: string): Promise<readonly NamedIdentity[]> {
  const read = await parseIdentities(text);
  const former = read.findIndex(({ decryptUntil }) => decryptUntil !== undefined);
  if (former < 0) return read;
  throw wrong([`identities.${former}.decryptUntil (what was replaced signs nothing)`]);
}

/**
 * The secret of who decrypts. An address that stands in it has one to which others can encrypt from now on, and no key in
 * KMS, which could not decrypt.
 *
 * @throws Error as parseIdentities
 */
export async function parseDecryptionSecret(text: string): Promise<readonly NamedIdentity[]> {
  const read = await parseIdentities(text);
  const inKms = read.findIndex(({ decrypting }) => decrypting === undefined);
  if (inKms >= 0) throw wrong([`identities.${inKms}.kmsKeyId (a key in KMS decrypts nothing)`]);
  const addresses = new Set(read.filter(isRead).map(({ address }) => address));
  const mute = read.findIndex((each) => isCurrent(each) && !addresses.has(each.address));
  if (mute < 0) return read;
  throw new Error(
    `The identity secret: to identity ${mute} nobody can encrypt, and its address has no other. ` +
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
