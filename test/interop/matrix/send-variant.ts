import { randomBytes } from 'node:crypto';
import { addressName, PKIX } from '../../../shared/discover/dns-cert.ts';
import { sha256, type DirectAddress } from '../../../shared/ids.ts';
import { SYSTEM, type Differing } from '../../lambdas/http-world.ts';
import { ACCEPTED, consent, register, share } from '../../lambdas/steps.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { sampleBundle, samplePdf, SAMPLE_TEXT } from '../../support/files.ts';
import { cachedAuthority, cachedKeys, issueQuickly, type Issued } from '../../support/pki.ts';
import { RECIPIENT, wholePath, type WholePath } from '../../support/whole-path.ts';
import type { Readership, SentMessage } from './sent-message.ts';

/** One document of a record, and the name that it has in the package. */
export interface Upload {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly name: string;
}

export interface Variant {
  readonly name: string;
  readonly settings?: Differing;
  readonly language?: 'en' | 'es';
  readonly record?: readonly Upload[];
  /** How many certificates of others the recipient's stands among. */
  readonly beside?: number;
}

const CCDA: Upload = { type: 'application/xml', bytes: sampleCcda(), name: 'DOC00001.XML' };

/** A record of one page that deflates to nothing less. */
export const pdfOf = (bytes: number, name: string): Upload => ({
  type: 'application/pdf',
  bytes: Buffer.concat([
    Buffer.from('%PDF-1.4\n'),
    randomBytes(bytes - 16),
    Buffer.from('\n%%EOF\n'),
  ]),
  name,
});

export const TEXT_FILE: Upload = {
  type: 'text/plain',
  bytes: Buffer.from('Blood pressure 120/80, checked by desk 7.\r\n'.repeat(23)),
  name: 'DOC00001.TXT',
};

export const PLAIN_FILES: readonly Upload[] = [
  { type: 'application/pdf', bytes: samplePdf(), name: 'DOC00001.PDF' },
  { type: 'text/plain', bytes: SAMPLE_TEXT, name: 'DOC00002.TXT' },
  { type: 'application/fhir+json', bytes: sampleBundle(), name: 'DOC00003.JSO' },
];

/** The people of the matrix: the reader's key and certificate are the same for every variant. */
export async function readership(): Promise<Readership> {
  const anchor = await cachedAuthority();
  return { anchor, reader: await issueQuickly(anchor, { address: RECIPIENT }) };
}

/** Sends one copy as a deployment does: the whole path, from upload to relay. */
export async function sendVariant(variant: Variant, { reader, anchor }: Readership) {
  const path = await wholePath(variant.settings);
  // Readers of others know one time only, that of the machine.
  path.at(new Date().toISOString());
  path.directory.set(
    addressName(RECIPIENT as DirectAddress),
    (await published(reader, anchor, variant.beside ?? 0)).map((data) => ({ type: PKIX, data })),
  );
  await agree(path, variant.language ?? 'en');
  const documents = await uploadAll(path, variant.record ?? [CCDA]);
  await path.settle();
  await share(path, { json: { addresses: [RECIPIENT], frequency: 'once' } });
  await path.settle();
  const [envelope, ...others] = path.relay.taken;
  if (!envelope || others.length > 0) throw new Error(`${variant.name} was not sent once`);
  return { envelope, documents } satisfies SentMessage;
}

/** The reader's certificate in the middle of others of the same address. */
async function published(reader: Issued, anchor: Issued, beside: number) {
  const others = await Promise.all(
    Array.from({ length: beside }, async (_, at) =>
      issueQuickly(anchor, { address: RECIPIENT, keys: await cachedKeys(`another ${at}`) }),
    ),
  );
  const before = Math.ceil(beside / 2);
  return [...others.slice(0, before), reader, ...others.slice(before)].map(
    ({ certificate }) => certificate,
  );
}

async function agree(path: WholePath, language: 'en' | 'es'): Promise<void> {
  await register(path, 'ana', { language });
  const shown = path.settings.consentTexts.findLast((each) => each.language === language);
  if (!shown) throw new Error(`There is no text in ${language}`);
  const text = { language, version: shown.version, sha256: sha256(shown.text) };
  const { status } = await consent(path, { json: { ...ACCEPTED, text } });
  if (status !== 201) throw new Error(`The consent was answered ${status}`);
}

async function uploadAll(path: WholePath, record: readonly Upload[]) {
  for (const [at, { type, bytes }] of record.entries()) {
    const { status } = await path.ask(`PUT /v1/patients/ana/record/documents/d${at}`, {
      as: SYSTEM,
      bytes,
      headers: { 'content-type': type },
    });
    if (status !== 201) throw new Error(`The document was answered ${status}`);
  }
  return new Map(record.map(({ name, bytes }) => [name, bytes]));
}
