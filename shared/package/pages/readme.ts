import { oneLine } from '../../characters.ts';
import { LANGUAGES } from '../../language.ts';
import type { SenderSettings } from '../../settings.ts';
import { SET_FOLDER } from '../folder.ts';
import { wordsIn } from './words.ts';

export const PRODUCT = { name: 'Direct Transmit', version: '0.1.0' } as const;

/**
 * README.TXT: who made this package, with what, whom to ask, and where things lie. It names no patient, and it speaks
 * every language that we have: whoever keeps the package may not be the one who asked for it.
 *
 * @param notice whether a document inside is sensitive, and its recipient is to be told
 * @see IHE ITI-32, 3.32.4.1.2
 */
export const readmeText = (sender: SenderSettings, notice: boolean): string =>
  LANGUAGES.map((language) => {
    const { readme, notice: told } = wordsIn(language);
    return [
      readme.intro,
      '',
      ...(notice ? [...told.split('\n'), ''] : []),
      readme.sentBy,
      `  ${readme.institution}: ${oneLine(sender.name, 200)}`,
      `  ${readme.contact}: ${oneLine(sender.contact, 200)}`,
      `  Direct: ${oneLine(sender.address, 254)}`,
      '',
      readme.madeWith,
      `  ${readme.product}: ${PRODUCT.name} ${PRODUCT.version}`,
      `  ${readme.vendor}: ${readme.askInstitution(PRODUCT.name)}`,
      '',
      readme.layout,
      ...LAYOUT.map(([path, key]) => `  ${path.padEnd(20)}${readme[key]}`),
      '',
    ].join('\r\n');
  }).join(`\r\n${'-'.repeat(72)}\r\n\r\n`);

const LAYOUT = [
  ['README.TXT', 'thisText'],
  ['INDEX.HTM', 'index'],
  [SET_FOLDER, 'folder'],
  ['  METADATA.XML', 'metadata'],
  ['  DOC00001.* ...', 'documents'],
  ['  DOC00001.HTM ...', 'pages'],
] as const;
