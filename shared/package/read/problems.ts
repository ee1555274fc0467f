/** What is not as IHE ITI-32 and the metadata profile want it, and can be read all the same. */
export const XDM_PROBLEMS = {
  'mail-subject': 'The subject of the mail does not contain XDM/1.0/DDM.',
  'attachment-type': 'The package is attached under another type than application/zip.',
  'attachment-name': 'The name of the attachment does not end with .zip in small letters.',
  'other-files': 'Files that an operating system adds lie in the zip.',
  backslash: 'Names in the zip are parted by backslashes.',
  'leading-folder': 'The package lies in a folder of the zip, not at its top.',
  'second-copy': 'The zip holds the package a second time; this copy is not read.',
  'subset-folder': 'METADATA.XML does not lie in a directory of its own below IHE_XDM.',
  'no-directory-entry':
    'The zip has no entry for a directory; some readers find nothing without it.',
  'name-case': 'A name is not in capitals.',
  'name-form': 'A name is not ISO 9660 level 1: eight characters, a dot, three characters.',
  'no-index': 'There is no INDEX.HTM.',
  'no-readme': 'There is no README.TXT.',
  'index-malformed': 'INDEX.HTM is not well-formed XHTML.',
  'object-without-id': 'An object of the metadata has no id.',
  'id-twice': 'Two objects of the metadata have the same id.',
  'value-too-long': 'A value of the metadata is longer than 256 characters.',
  'no-submission-set': 'The metadata has no submission set.',
  'set-unmarked': 'No classification marks the submission set as one.',
  'set-unique-id': 'The unique id of the submission set is no OID.',
  'set-source-id': 'The source id of the submission set is no OID.',
  'set-time': 'The submission time is missing, or no time.',
  'no-documents': 'The metadata describes no document.',
  'not-in-set': 'No association puts the document into the submission set.',
  'mime-type': 'The MIME type of the document is missing, or none.',
  'unique-id': 'The unique id of the document is missing, or of no known form.',
  'no-uri': 'The metadata does not say which file the document is.',
  'found-by-hash':
    'No file has the name that the metadata gives; the document was found by its SHA-1.',
  'not-found': 'A document is described and not there.',
  'no-hash': 'The metadata does not give the SHA-1 of the document.',
  'hash-differs': 'The SHA-1 of the document is not the one in the metadata.',
  'no-size': 'The metadata does not give the size of the document.',
  'size-differs': 'The size of the document is not the one in the metadata.',
} as const satisfies Record<string, string>;

export type XdmProblemCode = keyof typeof XDM_PROBLEMS;

export interface XdmProblem {
  readonly code: XdmProblemCode;
  /** A name in the zip or of the mail, or the place of a document in the metadata. Senders name files after patients: not for logs. */
  readonly where: string;
}
