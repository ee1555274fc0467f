import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { issue, makeAuthority } from '../../../infra/local/certificates/authority.ts';
import { packageRecord } from '../../../shared/package/package-record.ts';
import { checkClinicalDocument } from '../../../shared/record/intake.ts';
import { familyOf, SIZE_BYTES, sizeOf, type Case } from '../cases.ts';
import { linesLength } from '../mail/base64-lines.ts';
import { FRAME, MAIL_HEAD, MAIL_TAIL } from '../mail/frame.ts';
import { base64Lines } from '../mail/newcomer.ts';
import { chance, documentsOf } from './documents.ts';
import { eventually, recordInput, valueOf } from './record-input.ts';
import type { Building } from './sections.ts';

/** A payload that lies ready on the disk. */
export interface Payload {
  readonly name: Case;
  readonly documents: number;
  readonly sizeBytes: number;
  /** Of the documents alone, at level 6. */
  readonly deflateRatio: number;
}

/** Writes the keys of all who take part, beside the payloads, as openssl reads them. */
export async function prepareKeys(work: string): Promise<void> {
  const folder = join(work, 'keys');
  mkdirSync(folder);
  const anchor = await makeAuthority({ name: 'Bench Anchor' });
  const between = await issue(anchor, { ca: true, name: 'Bench Authority' });
  const everybody = {
    anchor,
    between,
    leaf: await issue(between, { address: 'leaf@clinic.example' }),
    sender: await issue(anchor, { address: 'sender@holder.example' }),
    recipient: await issue(anchor, { address: 'recipient@clinic.example' }),
  };
  for (const [name, { certificatePem, privateKeyPem }] of Object.entries(everybody)) {
    writeFileSync(join(folder, `${name}.crt`), certificatePem);
    writeFileSync(join(folder, `${name}.key`), privateKeyPem, { mode: 0o600 });
  }
}

/** Writes what stands around the parts of a message, for those who are not written in TypeScript. */
export function prepareFrame(work: string): void {
  const folder = join(work, 'frame');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(FRAME)) writeFileSync(join(folder, name), text);
}

/** Writes everything that the contestants read of a payload, after the intake has found its documents good. */
export async function preparePayload(
  building: Building,
  name: Case,
  work: string,
): Promise<Payload> {
  const folder = join(work, name);
  mkdirSync(folder);
  const documents = documentsOf(building, familyOf(name), sizeOf(name));
  for (const [index, bytes] of documents.entries()) {
    valueOf(await eventually(checkClinicalDocument(bytes)));
    writeFileSync(join(folder, `DOC${String(index + 1).padStart(5, '0')}.XML`), bytes);
  }
  // The pages that ours writes go to everybody, so that nobody has less to pack.
  const { zip } = valueOf(await eventually(packageRecord(recordInput(documents))));
  const entries = unzipSync(zip, { filter: (entry) => !/DOC\d|\/$/.test(entry.name) });
  for (const [path, bytes] of Object.entries(entries)) {
    writeFileSync(join(folder, path.split('/').at(-1) ?? path), bytes);
  }
  writeFileSync(join(folder, 'entity.eml'), entityOf(SIZE_BYTES[sizeOf(name)]));
  const sizeBytes = documents.reduce((sum, { length }) => sum + length, 0);
  const packed = documents.reduce((sum, bytes) => sum + deflateRawSync(bytes).length, 0);
  return { name, documents: documents.length, sizeBytes, deflateRatio: sizeBytes / packed };
}

/** A message with an attachment that does not get smaller, in its wrapper. */
function entityOf(sizeBytes: number): string {
  const rows = Math.floor((sizeBytes - MAIL_HEAD.length - MAIL_TAIL.length) / linesLength(57));
  return MAIL_HEAD + base64Lines(chance(rows * 57, 7)) + MAIL_TAIL;
}
