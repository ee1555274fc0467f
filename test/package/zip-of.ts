import { packed, zip } from '../../shared/package/zip.ts';

export interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A zip of files; one whose name ends in a slash is a directory. */
export const zipOf = (files: readonly File[], at: Date): Uint8Array =>
  zip(
    files.map(({ name, bytes }) => ({
      name,
      content: name.endsWith('/') ? 'directory' : packed(bytes),
    })),
    at,
  );
