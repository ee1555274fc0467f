import { X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { parseIdentities } from '../../../shared/adapters/identity-secret.ts';
import { sha256, type DirectAddress, type Sha256 } from '../../../shared/ids.ts';
import type { Identity } from '../../../shared/secure/keys.ts';
import { CommandError } from '../command.ts';

/** What Secrets Manager takes of one secret. */
const MOST_BYTES = 65_536;

export interface Renewal {
  /** The identity secret as it shall be. */
  readonly text: string;
  /** Former identities of the address: SHA-256 of the certificate, and until when each decrypts. */
  readonly kept: readonly { readonly certificate: Sha256; readonly decryptUntil: Date }[];
  /** How many are no longer in it. */
  readonly removed: number;
  /** Whether a key in KMS signs for the address, and not what was installed. */
  readonly signsInKms: boolean;
}

type Written = Readonly<Record<string, unknown>>;

/** One identity of the secret, as it is written and as it was read. */
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

/**
 * The identity secret with new identities of an address. They stand before all others, save for a key in KMS, which goes
 * on signing; those that they replace only decrypt, for a time; those whose time is over are gone. Other addresses stay
 * as they are.
 *
 * @param text of the secret as it is
 * @throws CommandError that quotes nothing of the secret
 */
export async function renew(
  text: string,
  address: DirectAddress,
  installed: readonly Identity[],
  terms: Terms,
): Promise<Renewal> {
  const fresh = installed.map(({ certificate }) => sha256(certificate));
  const ofAddress = (row: Row): boolean => row.address === address.toLowerCase();
  const rows = await rowsOf(text);
  const old = rows.filter((row) => !(ofAddress(row) && fresh.includes(row.certificate!)));
  const isOver = ({ decryptUntil }: Row): boolean => decryptUntil !== undefined && decryptUntil <= terms.now; // prettier-ignore
  const isReplaced = (row: Row): boolean => ofAddress(row) && row.decryptUntil === undefined;

  const signing = old.filter((row) => isReplaced(row) && row.certificate === undefined);
  const replaced = old.filter((row) => isReplaced(row) && row.isRead).map(keepUntil(terms.until));
  const others = old.filter((row) => !isReplaced(row) && !isOver(row));
  const after = [...signing, ...others, ...replaced];
  const written = [
    ...signing.map((row) => row.written),
    ...installed.map((identity) => writtenOf(address, identity)),
    ...[...others, ...replaced].map((row) => row.written),
  ];
  return {
    text: await checked(written),
    kept: after
      .filter(ofAddress)
      .flatMap(({ certificate, decryptUntil }) =>
        certificate && decryptUntil ? [{ certificate, decryptUntil }] : [],
      ),
    removed: old.length - after.length,
    signsInKms: signing.length > 0,
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

/** A secret that was never filled in has no identities, which is no fault here. */
async function rowsOf(text: string): Promise<readonly Row[]> {
  const secret = Secret.safeParse(json(text));
  if (secret.success && secret.data.identities.length === 0) return [];
  const read = await identitiesIn(text);
  return read.map(({ address, decrypting, decryptUntil }, index) => ({
    written: secret.data!.identities[index]!,
    address,
    ...(decrypting && { certificate: sha256(decrypting.certificate) }),
    isRead: decrypting?.privateKey.asymmetricKeyType === 'rsa',
    ...(decryptUntil && { decryptUntil }),
  }));
}

/** What the functions would not take is never written. */
async function checked(identities: readonly Written[]): Promise<string> {
  const text = `${JSON.stringify({ identities }, undefined, 2)}\n`;
  await identitiesIn(text);
  if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  throw new CommandError('The identity secret would be larger than 64 kB, which no secret can be.');
}

const identitiesIn = (text: string) =>
  parseIdentities(text).catch((error: unknown) => {
    throw error instanceof Error ? new CommandError(`${error.message}.`) : error;
  });

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
