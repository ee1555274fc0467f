import { readCertificate, type Certificate } from '../../../shared/trust/certificate.ts';
import { CommandError, codeInWords, UsageError } from '../command.ts';
import { readCertificate as readFile, readIdentity } from '../certificates/read-identity.ts';

/** The options by which a command is told our own certificates, for `readArgs`. */
export const OWN_OPTIONS = {
  cert: { type: 'string', multiple: true },
  key: { type: 'string' },
  'password-file': { type: 'string' },
} as const;

interface OwnFiles {
  readonly cert?: readonly string[] | undefined;
  readonly key?: string | undefined;
  readonly 'password-file'?: string | undefined;
}

/** A certificate and the file that it came from. */
export interface OwnCertificate {
  readonly file: string;
  readonly certificate: Certificate;
}

/** Those of the files, or the one of a PKCS #12 file. @throws CommandError naming the file */
export async function readOwn({
  cert = [],
  key,
  ...rest
}: OwnFiles): Promise<readonly OwnCertificate[]> {
  if ((key === undefined) === (cert.length === 0)) {
    throw new UsageError('Name our certificate, either with --cert FILE or with --key FILE.p12.');
  }
  if (key !== undefined) return [own(key, (await readIdentity({ key, ...rest })).certificate)];
  return Promise.all(cert.map(async (file) => own(file, (await readFile(file)).raw)));
}

export function own(file: string, der: Uint8Array): OwnCertificate {
  const certificate = readCertificate(der);
  if (certificate.ok) return { file, certificate: certificate.value };
  throw new CommandError(`${file}: ${codeInWords(certificate.failure.code)}`);
}
