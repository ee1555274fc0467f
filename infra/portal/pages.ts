import { createHash } from 'node:crypto';
import { pageWordsIn, wordsIn } from '../../portal/words/words.ts';
import { bundled, portalComponent, styleSheet } from './component.ts';
import { pageHtml } from './page-html.ts';

/** One file of the hosted pages, as it lies in the bucket. */
export interface PortalFile {
  /** The key of the object and the path of the URL: `share`, `share-with-direct.js`. */
  readonly path: string;
  readonly body: string;
  readonly contentType: string;
  /** Of HTTP: names that stand for their content are kept for good, others are asked for again. */
  readonly cacheControl: string;
}

/** A file whose name stays as it is: pages that embed it get a new one within minutes. */
const SHORTLY = 'public, max-age=300';
/** One whose name says what is in it. */
const FOR_GOOD = 'public, max-age=31536000, immutable';
/** A page names files by what is in them, so one that is a minute old may name what is there no more. */
const EACH_TIME = 'no-cache';

const TYPES = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  text: 'text/plain; charset=utf-8',
} as const;

/** The pages: where each lies, and the script that shows it. */
const PAGES = { 'index.html': 'start.tsx', share: 'share.ts', provider: 'provider.ts' } as const;

/**
 * Builds all that is hosted: the component for pages of others, and the pages of our own. The same sources give the same
 * files.
 *
 * @param root the project
 */
export function portalFiles(root: string): readonly PortalFile[] {
  return [...componentFiles(root), ...pageFiles(root)];
}

/** By two names: one that stays, and one of its content, for pages that say which content they take (`integrity`). */
function componentFiles(root: string): readonly PortalFile[] {
  const { script, types } = portalComponent(root);
  const hashed = hashedFile('share-with-direct', 'js', script);
  return [
    file('share-with-direct.js', 'js', script, SHORTLY),
    hashed,
    file('share-with-direct.d.ts', 'text', types, SHORTLY),
    file(
      'integrity.json',
      'json',
      `${JSON.stringify({ [hashed.path]: integrityOf(script) })}\n`,
      SHORTLY,
    ),
  ];
}

function pageFiles(root: string): readonly PortalFile[] {
  const look = hashedFile('portal/look', 'css', styleSheet(root, 'portal/pages/pages.css'));
  const icon = file('favicon.svg', 'svg', ICON, SHORTLY);
  const pages = Object.entries(PAGES).flatMap(([path, source]) => {
    const [name = ''] = source.split('.');
    const script = hashedFile(`portal/${name}`, 'js', bundled(root, `portal/pages/${source}`));
    const html = pageHtml({
      title: wordsIn('en').title,
      heading: path === 'index.html' ? wordsIn('en').title : pageWordsIn('en').heading,
      needsScript: pageWordsIn('en').needsScript,
      icon: icon.path,
      style: { path: look.path, integrity: integrityOf(look.body) },
      script: { path: script.path, integrity: integrityOf(script.body) },
    });
    return [file(path, 'html', html, EACH_TIME), script];
  });
  return [look, icon, ...pages];
}

const file = (
  path: string,
  type: keyof typeof TYPES,
  body: string,
  cacheControl: string,
): PortalFile => ({ path, body, contentType: TYPES[type], cacheControl });

const hashedFile = (name: string, type: 'js' | 'css', body: string): PortalFile => {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return file(`${name}.${hash}.${type}`, type, body, FOR_GOOD);
};

/** Subresource Integrity. */
const integrityOf = (body: string): string =>
  `sha384-${createHash('sha384').update(body).digest('base64')}`;

/** An arrow out of a page. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
<rect width="16" height="16" rx="3" fill="#0b5c8f"/>
<path d="M4 8h7M8 5l3 3-3 3" fill="none" stroke="#fff" stroke-width="2"/>
</svg>
`;
