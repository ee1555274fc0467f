import { en } from '../../portal/words/en.ts';
import { es } from '../../portal/words/es.ts';
import type { FirstWords } from '../../portal/words/first.ts';
import type { Words } from '../../portal/words/words.ts';
import { styleSheet } from './bundle.ts';
import { hashedFile, integrityOf, type PortalFile } from './portal-file.ts';

/** What the component reads when it starts: the words of one language, and the style sheet. */
export interface Beside {
  readonly en: PortalFile;
  readonly es: PortalFile;
  readonly look: PortalFile;
}

export const besideOf = (root: string): Beside => ({
  en: hashedFile('share-with-direct.en', 'json', JSON.stringify(en)),
  es: hashedFile('share-with-direct.es', 'json', JSON.stringify(es)),
  look: hashedFile('share-with-direct', 'css', styleSheet(root, 'portal/look/look.css')),
});

/** What a script has to know of it that lies in the same folder, whichever that is; for the bundler to put in. */
export const definitionsOf = (beside: Beside): Readonly<Record<string, string>> => ({
  BESIDE: JSON.stringify(
    Object.fromEntries(
      Object.entries(beside).map(([which, { path, body }]: [string, PortalFile]) => [
        which,
        [path, integrityOf(body, 'sha256')],
      ]),
    ),
  ),
  FIRST: JSON.stringify({ en: firstOf(en), es: firstOf(es) }),
});

const firstOf = ({ title, busy, trouble }: Words): FirstWords => ({
  title,
  busy: { loading: busy.loading },
  trouble: { unreachable: trouble.unreachable, again: trouble.again },
});
