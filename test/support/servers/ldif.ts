/** An entry as `inetOrgPerson` that holds certificates, or none. */
export interface PersonEntry {
  /** Common name, and the name of the entry. */
  readonly name: string;
  readonly mail: string;
  /** Under each name of the attribute, `userCertificate;binary` or `userCertificate`. */
  readonly certificates?: Readonly<Record<string, readonly Uint8Array[]>>;
}

/** The file that `slapadd` loads into one database: its suffix `ou=NAME`, and the entries below it. */
export function ldifOf(suffix: string, entries: readonly PersonEntry[]): string {
  const unit = suffix.replace(/^ou=/, '');
  const top = [
    `dn: ${suffix}`,
    'objectClass: top',
    'objectClass: organizationalUnit',
    `ou: ${unit}`,
  ];
  return `${[top, ...entries.map((entry) => linesOf(suffix, entry))]
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const linesOf = (suffix: string, { name, mail, certificates = {} }: PersonEntry): string[] => [
  `dn: cn=${name},${suffix}`,
  ...['top', 'person', 'organizationalPerson', 'inetOrgPerson'].map(
    (each) => `objectClass: ${each}`,
  ),
  `cn: ${name}`,
  `sn: ${name}`,
  `mail: ${mail}`,
  ...Object.entries(certificates).flatMap(([attribute, values]) =>
    values.map((value) => `${attribute}:: ${Buffer.from(value).toString('base64')}`),
  ),
];
