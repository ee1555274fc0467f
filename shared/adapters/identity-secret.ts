import { createPrivateKey, X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { localIdentity, type LocalIdentity } from '../secure/local-identity.ts';

export interface NamedIdentity {
  /** In lower case. */
  readonly address: string;
  readonly identity: LocalIdentity;
}

const IdentitySecret = z.strictObject({
  identities: z
    .array(
      z.strictObject({
        address: z.string().max(254),
        certificate: z.string().max(20_000),
        privateKey: z.string().max(20_000),
      }),
    )
    .min(1)
    .max(100),
});

/**
 * Reads `{"identities":[{"address","certificate","privateKey"}]}`, certificate and key in PEM.
 *
 * @throws Error that names the identity by its position and says what is wrong, and quotes nothing of the secret
 */
export function parseIdentities(text: string): readonly NamedIdentity[] {
  const parsed = IdentitySecret.safeParse(readJson(text));
  if (!parsed.success) {
    const paths = parsed.error.issues.map(({ path }) => path.join('.') || 'the whole');
    throw new Error(`The identity secret is wrong at: ${paths.join(', ')}`);
  }
  return parsed.data.identities.map(({ address, certificate, privateKey }, index) => ({
    address: address.toLowerCase(),
    identity: parseIdentity(certificate, privateKey, index),
  }));
}

function parseIdentity(
  certificatePem: string,
  privateKeyPem: string,
  index: number,
): LocalIdentity {
  const certificate = readPem(() => new X509Certificate(certificatePem), index, 'certificate');
  const privateKey = readPem(() => createPrivateKey(privateKeyPem), index, 'privateKey');
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new Error(`The identity secret: key ${index} is not that of certificate ${index}`);
  }
  return localIdentity({ certificate: Uint8Array.from(certificate.raw), privateKey });
}

function readPem<T>(read: () => T, index: number, field: string): T {
  try {
    return read();
  } catch {
    throw new Error(`The identity secret is wrong at: identities.${index}.${field}`);
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
