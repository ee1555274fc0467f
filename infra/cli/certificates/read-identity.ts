import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { Pkcs12Refused, readPkcs12 } from '../../../shared/adapters/pkcs12.ts';
import { localIdentity, type LocalIdentity } from '../../../shared/secure/local-identity.ts';
import { CommandError } from '../command.ts';
import { needed, readInput } from '../command-line.ts';

/** The options by which a command is told whose identity to use, for `readArgs`. */
export const IDENTITY_OPTIONS = {
  key: { type: 'string' },
  cert: { type: 'string' },
  'password-file': { type: 'string' },
} as const;

/** How they are written. */
export const IDENTITY_USAGE =
  '(--key KEY.pem --cert CERT.pem | --key FILE.p12 --password-file FILE)';

type IdentityFiles = { readonly [name in keyof typeof IDENTITY_OPTIONS]?: string | undefined };

/**
 * A certificate and its key: from two files, or from one of PKCS #12 with its password in another, where neither the
 * list of processes nor the history of the shell shows it.
 *
 * @throws CommandError when they are none, or not a pair
 */
export async function readIdentity(files: IdentityFiles): Promise<LocalIdentity> {
  const keyFile = needed(files.key, 'the private key with --key KEY.pem or --key FILE.p12');
  if (/\.(?:p12|pfx)$/i.test(keyFile)) return identityIn(keyFile, files);
  return pairOf(needed(files.cert, 'the certificate with --cert CERT.pem'), keyFile);
}

async function identityIn(file: string, files: IdentityFiles): Promise<LocalIdentity> {
  if (files.cert !== undefined) {
    throw new CommandError(`${file} holds its certificate itself: leave out --cert.`);
  }
  const passwordFile = needed(files['password-file'], 'its password with --password-file FILE');
  const password = Buffer.from(await readInput(passwordFile)).toString();
  try {
    return localIdentity(await readPkcs12(await readInput(file), password.replace(/\r?\n$/, '')));
  } catch (error) {
    if (!(error instanceof Pkcs12Refused)) throw error;
    throw new CommandError(`${file}: ${error.message}.`);
  }
}

async function pairOf(certificateFile: string, keyFile: string): Promise<LocalIdentity> {
  const certificate = await readCertificate(certificateFile);
  const privateKey = await readKey(keyFile);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new CommandError(`${keyFile} is not the key of ${certificateFile}.`);
  }
  return localIdentity({ certificate: Uint8Array.from(certificate.raw), privateKey });
}

/** PEM or DER. */
export async function readCertificate(file: string): Promise<X509Certificate> {
  const bytes = await readInput(file);
  try {
    return new X509Certificate(bytes);
  } catch {
    throw new CommandError(`${file} holds no certificate.`);
  }
}

/** PEM, or DER of PKCS #8. */
export async function readKey(file: string): Promise<KeyObject> {
  const key = Buffer.from(await readInput(file));
  const isPem = key.includes('-----BEGIN ');
  try {
    return createPrivateKey(isPem ? key : { key, format: 'der', type: 'pkcs8' });
  } catch {
    throw new CommandError(`${file} holds no private key that can be read without a passphrase.`);
  }
}
