import { zipOf, type File } from '../zip-of.ts';
import { readXdm, type ReadXdm } from '../../../shared/package/read-xdm.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { packageAndRead, textOf } from '../read-package.ts';
import { inputOf } from '../sample-input.ts';

export const AT = new Date('2026-03-03T10:11:12Z');
export const METADATA = 'IHE_XDM/SUBSET01/METADATA.XML';
export const DOCUMENT = 'IHE_XDM/SUBSET01/DOC00001.XML';

/** The files of a package of our own, for tests to alter. */
export const goodFiles = (...documents: readonly Uint8Array[]): File[] => {
  const { files } = packageAndRead(inputOf(...(documents.length ? documents : [sampleCcda()])));
  return Object.entries(files).map(([name, bytes]) => ({ name, bytes }));
};

/** The same files under other names; those without a name are gone, and of two of one name the second. */
export const renamed = (
  files: readonly File[],
  rename: (name: string) => string | undefined,
): File[] => {
  const names = files.map(({ name }) => rename(name));
  return files.flatMap(({ bytes }, at) => {
    const name = names[at];
    return name === undefined || names.indexOf(name) < at ? [] : [{ name, bytes }];
  });
};

export const withMetadata = (files: readonly File[], edit: (metadata: string) => string): File[] =>
  files.map(({ name, bytes }) => ({
    name,
    bytes: name === METADATA ? Buffer.from(edit(textOf(bytes))) : bytes,
  }));

export const readFiles = (files: readonly File[]): ReadXdm => {
  const read = readXdm(zipOf(files, AT));
  if (!read.ok) throw new Error(`${read.failure.code} ${read.failure.detail ?? ''}`);
  return read.value;
};

/** `code where` of each problem. */
export const problemsOf = (files: readonly File[]): string[] =>
  readFiles(files).problems.map(({ code, where }) => `${code} ${where}`);

/** The code with which it is refused; `read` when it is not. */
export const refusalOf = (bytes: Uint8Array): string => {
  const read = readXdm(bytes);
  return read.ok ? 'read' : read.failure.code;
};
