import { oneLine } from '../../characters.ts';
import type { SenderSettings } from '../../settings.ts';

export const PRODUCT = { name: 'Direct Transmit', version: '0.1.0' } as const;

/**
 * README.TXT: who made this package, with what, whom to ask, and where things lie. It is the same for every patient.
 *
 * @see IHE ITI-32, 3.32.4.1.2
 */
export const readmeText = (sender: SenderSettings): string =>
  [
    'This package holds a copy of a health record, sent at the request of the patient.',
    '',
    'Sent by',
    `  Institution: ${oneLine(sender.name, 200)}`,
    `  Contact:     ${oneLine(sender.contact, 200)}`,
    `  Direct:      ${oneLine(sender.address, 254)}`,
    '',
    'Made with',
    `  Product:     ${PRODUCT.name} ${PRODUCT.version}`,
    `  Vendor:      The ${PRODUCT.name} project; please ask the institution above, which runs it`,
    '',
    'Layout (IHE Cross-enterprise Document Media Interchange, XDM)',
    '  README.TXT              this text',
    '  INDEX.HTM               a page that says what is inside; open it in a browser',
    '  IHE_XDM/SUBSET01/       one set of documents, all of one patient',
    '    METADATA.XML          describes each document: type, author, time, size, SHA-1',
    '    DOC00001.XML ...      the documents, HL7 Clinical Document Architecture',
    '',
  ].join('\r\n');
