import type { Certificate } from '../../../shared/trust/certificate.ts';
import { directoryEntry } from './directory-entry.ts';
import { publishedNames, type PublishedName } from './published-name.ts';
import type { OwnCertificate } from './read-own.ts';
import { certLine, genericLine } from './zone-lines.ts';

/** What is published of us under one name. */
export interface Publication extends PublishedName {
  /** SHA-256 of each certificate, hex. */
  readonly certificates: readonly string[];
  readonly zone: readonly string[];
  readonly generic: readonly string[];
  readonly ldif: readonly string[];
  readonly remarks: readonly string[];
}

/** One for each name, with all certificates that are bound to it. */
export function publicationsOf(
  owned: readonly OwnCertificate[],
  ttlSeconds: number,
  base: string | undefined,
): readonly Publication[] {
  const bound = owned.flatMap((own) =>
    publishedNames(own.certificate).map((name) => ({ own, name })),
  );
  const byName = Map.groupBy(bound, ({ name }) => name.mail.toLowerCase());
  return [...byName.values()].map((several) => {
    const { name } = several[0]!;
    const { owner } = name;
    const certificates = onceEach(several.map(({ own }) => own.certificate));
    const records = certificates.flatMap((certificate) =>
      owner === undefined ? [] : [{ owner, ttlSeconds, certificate }],
    );
    return {
      ...name,
      certificates: certificates.map(({ fingerprint }) => fingerprint),
      zone: records.map(certLine),
      generic: records.map(genericLine),
      ldif: directoryEntry(name, certificates, base),
      remarks: several.flatMap(({ own }) => remarksOn(own)),
    };
  });
}

const onceEach = (certificates: readonly Certificate[]): readonly Certificate[] => [
  ...new Map(certificates.map((each) => [each.fingerprint, each])).values(),
];

function remarksOn({ file, certificate }: OwnCertificate): readonly string[] {
  const names = certificate.rfc822Names.length + certificate.dnsNames.length;
  return [
    ...(names > 1
      ? [`${file} is bound to ${names} names, of which other systems read only one`]
      : []),
    ...(certificate.notBefore > new Date() ? [`${file} is not valid yet`] : []),
  ];
}
