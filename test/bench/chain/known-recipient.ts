import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { issue, makeAuthority } from '../../../infra/local/certificates/authority.ts';
import { makeRevocationList } from '../../../infra/local/certificates/revocation-list.ts';
import type { Known } from '../cases.ts';

export const FILES = [
  'anchor.cer',
  'between.cer',
  'leaf.cer',
  'anchor.crl',
  'between.crl',
] as const;
export type KnownFile = (typeof FILES)[number];

export const KNOWN_ADDRESS = 'leaf@clinic.example';
export const listUrl = (of: 'anchor' | 'between'): string => `http://lists.example/${of}.crl`;

const ENTRIES = 1000;

/** Writes a path of three and the two lists that it points to, if any, of a thousand entries each. DER. */
export async function prepareKnown(known: Known, folder: string): Promise<void> {
  mkdirSync(folder);
  const listed = (of: 'anchor' | 'between') =>
    known === 'with-lists' ? { crlUrls: [listUrl(of)] } : {};
  const anchor = await makeAuthority({ name: 'Known Anchor' });
  const between = await issue(anchor, { ca: true, name: 'Known Authority', ...listed('anchor') });
  const leaf = await issue(between, { address: KNOWN_ADDRESS, ...listed('between') });
  const files: Readonly<Record<KnownFile, Uint8Array>> = {
    'anchor.cer': anchor.certificate,
    'between.cer': between.certificate,
    'leaf.cer': leaf.certificate,
    'anchor.crl': makeRevocationList(anchor, { revoked: revoked() }),
    'between.crl': makeRevocationList(between, { revoked: revoked() }),
  };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
}

export const knownFile = (folder: string, name: KnownFile): Uint8Array =>
  Uint8Array.from(readFileSync(join(folder, name)));

/** With serial numbers as long as those of the field, none of them ours. */
const revoked = () =>
  Array.from({ length: ENTRIES }, (_, at) => ({
    serial: Buffer.from(`20${at.toString(16).padStart(30, '0')}`, 'hex'),
    at: new Date(),
    reason: 1,
  }));
