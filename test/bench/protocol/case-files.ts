import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** In this order in the zip, in front of the documents. */
export const PAGES = ['README.TXT', 'INDEX.HTM', 'METADATA.XML'] as const;

export interface NamedFile {
  /** With its folders, as in the zip. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** A payload as every contestant finds it on the disk; it is read before the clock starts. */
export class CaseFiles {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The documents of the record, in order. */
  documents(): readonly Buffer[] {
    return this.#documentNames().map((name) => this.#read(name));
  }

  /** All files of the zip: the pages as ours wrote them, then the documents. */
  zipFiles(): readonly NamedFile[] {
    const pages = PAGES.map((name) => ({
      name: name === 'METADATA.XML' ? `IHE_XDM/SUBSET01/${name}` : name,
      bytes: this.#read(name),
    }));
    const documents = this.#documentNames().map((name) => ({
      name: `IHE_XDM/SUBSET01/${name}`,
      bytes: this.#read(name),
    }));
    return [...pages, ...documents];
  }

  /** A MIME entity of the size of the case, ready to be signed: a wrapper around a message with an attachment. */
  entity(): Buffer {
    return this.#read('entity.eml');
  }

  /** PEM. */
  key(name: `${'anchor' | 'between' | 'leaf' | 'sender' | 'recipient'}.${'crt' | 'key'}`): string {
    return readFileSync(join(this.folder, '../keys', name), 'utf8');
  }

  #documentNames(): readonly string[] {
    return readdirSync(this.folder)
      .filter((name) => name.startsWith('DOC'))
      .sort();
  }

  #read(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }
}
