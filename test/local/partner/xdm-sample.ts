import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';

export interface SampleDocument {
  readonly uri: string;
  readonly bytes: Uint8Array;
  /** Instead of what is true. */
  readonly hash?: string;
  readonly size?: number;
}

const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex');

const slot = (name: string, value: string | number): string =>
  `<Slot name="${name}"><ValueList><Value>${value}</Value></ValueList></Slot>`;

const metadataOf = (documents: readonly SampleDocument[]): string =>
  `<lcm:SubmitObjectsRequest xmlns:lcm="urn:lcm" xmlns="urn:rim"><RegistryObjectList>${documents
    .map(
      ({ uri, bytes, hash, size }) =>
        `<ExtrinsicObject id="d" mimeType="text/xml">${slot('hash', hash ?? sha1(bytes))}${slot('size', size ?? bytes.length)}${slot('URI', uri)}</ExtrinsicObject>`,
    )
    .join('')}</RegistryObjectList></lcm:SubmitObjectsRequest>`;

/** An XDM package of these documents; `files` are added, or taken out when undefined. */
export function sampleXdm(
  documents: readonly SampleDocument[],
  files: Readonly<Record<string, Uint8Array | undefined>> = {},
): Uint8Array {
  const all = {
    'INDEX.HTM': Buffer.from('<html/>'),
    'README.TXT': Buffer.from('read me'),
    'IHE_XDM/SUBSET01/METADATA.XML': Buffer.from(metadataOf(documents)),
    ...Object.fromEntries(documents.map(({ uri, bytes }) => [`IHE_XDM/SUBSET01/${uri}`, bytes])),
    ...files,
  };
  const kept = Object.entries(all).flatMap(([name, bytes]) => (bytes ? [[name, bytes]] : []));
  return zipSync(Object.fromEntries(kept));
}

export const DOCUMENT: SampleDocument = {
  uri: 'DOC00001.XML',
  bytes: Buffer.from('<ClinicalDocument/>'),
};
