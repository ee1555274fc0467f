import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHARED } from '../support/present.ts';

const SCHEMAS = {
  metadata: 'ebrim-xsd/nist-toolkit-v3/lcm.xsd',
  answer: 'ebrim-xsd/nist-toolkit-v3/rs.xsd',
  disposition: 'xdr/directDisposition.xsd',
  cda: 'cda-xsd/schema/extensions/SDTC/infrastructure/cda/CDA_SDTC.xsd',
} as const;

/** What xmllint finds wrong with a document; `good` when nothing. */
export const validates = (schema: keyof typeof SCHEMAS, bytes: Uint8Array | string): string =>
  judged(
    bytes,
    'xmllint',
    '--nonet',
    '--noout',
    '--schema',
    `${SHARED}/vectors/${SCHEMAS[schema]}`,
  );

/** What unzip finds wrong with a zip; `good` when nothing. */
export const unzips = (bytes: Uint8Array): string => judged(bytes, 'unzip', '-tqq');

/** The verdict of a program on a file of these bytes. */
function judged(bytes: Uint8Array | string, command: string, ...given: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'xdm-'));
  const path = join(folder, 'under-test');
  try {
    writeFileSync(path, bytes);
    const { status, stderr, error } = spawnSync(command, [...given, path], { encoding: 'utf8' });
    return status === 0 ? 'good' : `${status} ${stderr} ${error?.message ?? ''}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
