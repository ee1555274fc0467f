import { X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { parseIdentities } from '../../../../shared/adapters/identity-secret.ts';
import { secretText } from '../../../../shared/adapters/secrets.ts';
import { readCertificate, type Certificate } from '../../../../shared/trust/certificate.ts';
import { checkKeyUsage } from '../../../../shared/trust/checks/key-usage.ts';
import type { Examined } from '../check.ts';
import { NotHere } from '../finding.ts';

/** A certificate of a sending address, as the secret has it now. */
export interface OwnInSecret {
  /** In lower case. */
  readonly address: string;
  readonly certificate: Certificate;
  /** Whether others may encrypt to it, and we can read it then. */
  readonly decrypts: boolean;
}

const Rows = z.object({
  identities: z.array(z.looseObject({ certificate: z.string().optional() })),
});

/**
 * Those that are in use; one that was replaced is nobody's business any more. That each belongs to its key is seen while it
 * is read.
 *
 * @throws NotHere when no secret is known
 * @throws Error of the secret, which quotes nothing of it, or of AWS
 */
export async function ownCertificates({
  deployed,
  now,
}: Examined): Promise<readonly OwnInSecret[]> {
  const { identitySecrets } = deployed;
  if (identitySecrets.length === 0) {
    throw new NotHere('The identity secret is not known.', 'Name it with --identity-secret ARN, or give --outputs FILE of the deployment.'); // prettier-ignore
  }
  const texts = await Promise.all(identitySecrets.map((arn) => secretText(arn, now)));
  const all = (await Promise.all(texts.map(certificatesIn))).flat();
  return all.filter((one, at) => all.findIndex(isSameAs(one)) === at);
}

/** One for both uses stands in the secret of who signs and in that of who decrypts. */
const isSameAs =
  (one: OwnInSecret) =>
  (other: OwnInSecret): boolean =>
    other.address === one.address && other.certificate.fingerprint === one.certificate.fingerprint;

async function certificatesIn(text: string): Promise<readonly OwnInSecret[]> {
  const identities = await parseIdentities(text);
  const rows = Rows.parse(JSON.parse(text)).identities;
  return identities.flatMap(({ address, decrypting, decryptUntil }, index) => {
    const pem = rows[index]?.certificate;
    const der = decrypting?.certificate ?? (pem === undefined ? undefined : new X509Certificate(pem).raw); // prettier-ignore
    const certificate = der && readCertificate(der);
    if (decryptUntil !== undefined || !certificate?.ok) return [];
    const decrypts = decrypting !== undefined && !checkKeyUsage(certificate.value, 'encryption');
    return [{ address, certificate: certificate.value, decrypts }];
  });
}
