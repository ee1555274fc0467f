import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { localIdentity, type LocalIdentity } from '../../../shared/secure/local-identity.ts';
import { CommandError } from '../command.ts';
import { readInput } from '../command-line.ts';

/** A certificate and its key from two files. @throws CommandError when they are none, or not a pair */
export async function readIdentity(
  certificateFile: string,
  keyFile: string,
): Promise<LocalIdentity> {
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
