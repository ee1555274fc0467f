import { X509Certificate } from 'node:crypto';
import * as z from 'zod';
import {
  parseDecryptionSecret,
  parseSigningSecret,
} from '../../../shared/adapters/identity-secret.ts';
import type { NamedIdentity } from '../../../shared/adapters/named-identity.ts';
import { sha256, type DirectAddress, type Sha256 } from '../../../shared/ids.ts';
import type { Identity } from '../../../shared/secure/keys.ts';
import { CommandError } from '../command.ts';

/** What Secrets Manager takes of one secret. */
const MOST_BYTES = 65_536;

export interface SigningRenewal {
  /** The signing secret as it shall be. */
  readonly text: string;
  /** Whether a key in KMS signs for the address, and not what was installed. */
  readonly signsInKms: boolean;
}

export interface DecryptionRenewal {
  /** The decryption secret as it shall be. */
  readonly text: string;
  /** Former identities of the address: SHA-256 of the certificate, and until when each decrypts. */
  readonly kept: readonly { readonly certificate: Sha256; readonly decryptUntil: Date }[];
  /** How many are no longer in it. */
  readonly removed: number;
}

type Written = Readonly<Record<string, unknown>>;

/** One identity of a secret, as it is written and as it was read. */
interface Row {
  readonly written: Written;
  readonly address: string;
  /** SHA-256; absent of one whose key is in KMS. */
  readonly certificate?: Sha256;
  /** Whether others can encrypt to it. */
  readonly isRead: boolean;
  readonly decryptUntil?: Date;
}

interface Terms {
  readonly now: Date;
  /** How long those that are replaced decrypt. */
  readonly until: Date;
}

const isOf =
  (address: DirectAddress) =>
  (row: Row): boolean =>
    row.address === address.toLowerCase();

/**
 * The signing secret with new identities of an address, in the place of all that it had; a key in KMS goes on signing, and
 * then no other key of the address is in it. Other addresses stay as they are, and all of it where nothing is installed.
 *
 * @param text of the secret as it is
 * @throws CommandError that quotes nothing of the secret
 */
export async function renewSigning(
  text: string,
  address: DirectAddress,
  installed: readonly Identity[],
): Promise<SigningRenewal> {
  const rows = await rowsOf(text, parseSigningSecret);
  const inKms = rows.filter((row) => isOf(address)(row) && row.certificate === undefined);
  const signsInKms = inKms.length > 0;
  if (!signsInKms && installed.length === 0) return { text, signsInKms };
  const own = signsInKms
    ? inKms.map(({ written }) => written)
    : installed.map((identity) => writtenOf(address, identity));
  const others = rows.filter((row) => !isOf(address)(row)).map(({ written }) => written);
  return {
    text: await checked([...own, ...others], parseSigningSecret),
    signsInKms,
  };
}

/**
 * The decryption secret with new identities of an address before all others; those that they replace decrypt for a time;
 * those whose time is over are gone. Other addresses stay as they are.
 *
 * @param text of the secret as it is
 * @throws CommandError that quotes nothing of the secret
 */
export async function renewDecryption(
  text: string,
  address: DirectAddress,
  installed: readonly Identity[],
  terms: Terms,
): Promise<DecryptionRenewal> {
  const fresh = installed.map(({ certificate }) => sha256(certificate));
  const ofAddress = isOf(address);
  const rows = await rowsOf(text, parseDecryptionSecret);
  const old = rows.filter((row) => !(ofAddress(row) && fresh.includes(row.certificate!)));
  const isOver = ({ decryptUntil }: Row): boolean => decryptUntil !== undefined && decryptUntil <= terms.now; // prettier-ignore
  const isReplaced = (row: Row): boolean => ofAddress(row) && row.decryptUntil === undefined;

  const replaced = old.filter((row) => isReplaced(row) && row.isRead).map(keepUntil(terms.until));
  const others = old.filter((row) => !isReplaced(row) && !isOver(row));
  const after = [...others, ...replaced];
  const written = [
    ...installed.map((identity) => writtenOf(address, identity)),
    ...after.map((row) => row.written),
  ];
  return {
    text: await checked(written, parseDecryptionSecret),
    kept: after
      .filter(ofAddress)
      .flatMap(({ certificate, decryptUntil }) =>
        certificate && decryptUntil ? [{ certificate, decryptUntil }] : [],
      ),
    removed: old.length - after.length,
  };
}

const keepUntil =
  (until: Date) =>
  (row: Row): Row => ({
    ...row,
    written: { ...row.written, decryptUntil: until.toISOString() },
    decryptUntil: until,
  });

const writtenOf = (address: string, { certificate, privateKey }: Identity): Written => ({
  address,
  certificate: new X509Certificate(certificate).toString(),
  privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
});

const Secret = z.object({ identities: z.array(z.record(z.string(), z.unknown())) });

type Parse = (text: string) => Promise<readonly NamedIdentity[]>;

/** A secret that was never filled in has no identities, which is no fault here. */
async function rowsOf(text: string, parse: Parse): Promise<readonly Row[]> {
  const secret = Secret.safeParse(json(text));
  if (secret.success && secret.data.identities.length === 0) return [];
  const read = await parsed(text, parse);
  return read.map(({ address, decrypting, decryptUntil }, index) => ({
    written: secret.data!.identities[index]!,
    address,
    ...(decrypting && { certificate: sha256(decrypting.certificate) }),
    isRead: decrypting?.privateKey.asymmetricKeyType === 'rsa',
    ...(decryptUntil && { decryptUntil }),
  }));
}

/** What the functions would not take is never written. */
async function checked(identities: readonly Written[], parse: Parse): Promise<string> {
  const text = `${JSON.stringify({ identities }, undefined, 2)}\n`;
  await parsed(text, parse);
  if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  throw new CommandError('The identity secret would be larger than 64 kB, which no secret can be.');
}

const parsed = (text: string, parse: Parse) =>
  parse(text).catch((error: unknown) => {
    throw error instanceof Error ? new CommandError(`${error.message}.`) : error;
  });

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
