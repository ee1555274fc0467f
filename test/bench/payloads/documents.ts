import { createCipheriv } from 'node:crypto';
import { MAX_DOCUMENT_BYTES } from '../../../shared/record/intake.ts';
import { SIZE_BYTES, type Family, type Size } from '../cases.ts';
import { structured, type Building } from './sections.ts';

/** The documents of a record that comes to the size: one, or as many as the intake wants it cut into. */
export function documentsOf(building: Building, family: Family, size: Size): readonly Buffer[] {
  const count = Math.ceil(SIZE_BYTES[size] / MAX_DOCUMENT_BYTES);
  return Array.from({ length: count }, (_, at) =>
    documentOf(building, family, Math.floor(SIZE_BYTES[size] / count), at),
  );
}

/** @param at which document of the record; each has a body of its own */
export const documentOf = (building: Building, family: Family, sizeBytes: number, at = 0): Buffer =>
  Buffer.from(
    family === 'structured'
      ? structuredDocument(building, sizeBytes, at)
      : unstructuredDocument(building, sizeBytes, at),
  );

/**
 * Sections in their order, from the first again behind the last, until no other fits. The list is far longer than
 * what deflate looks back over, so that nothing is gained where it begins again.
 */
function structuredDocument({ header, sections }: Building, sizeBytes: number, at: number): string {
  const chosen: string[] = [];
  const first = Math.floor((sections.length * at) / 2);
  let rest = sizeBytes - structured(header, []).length;
  for (let passed = 0, index = first; passed < sections.length; index += 1) {
    const section = sections[index % sections.length] ?? '';
    const bytes = Buffer.byteLength(section) + 1;
    if (bytes > rest) {
      passed += 1;
      continue;
    }
    passed = 0;
    chosen.push(section);
    rest -= bytes;
    if (rest < sizeBytes / 100) break;
  }
  return structured(header, chosen);
}

/** What a scanned document looks like to deflate: base64 of bytes without any order. */
function unstructuredDocument({ header }: Building, sizeBytes: number, at: number): string {
  const head = `${header}<component><nonXMLBody><text mediaType="application/pdf" representation="B64">`;
  const tail = '</text></nonXMLBody></component></ClinicalDocument>\n';
  const length = Math.floor((sizeBytes - head.length - tail.length) / 4) * 3;
  return head + chance(length, at).toString('base64') + tail;
}

/** Bytes that look like chance and are the same at every run. */
export function chance(length: number, seed: number): Buffer {
  const cipher = createCipheriv('aes-256-ctr', Buffer.alloc(32, seed), Buffer.alloc(16));
  return cipher.update(Buffer.alloc(length));
}
