import { pageWordsIn, wordsIn } from '../../portal/words/words.ts';
import { definitionsOf } from './beside.ts';
import { bundled, styleSheet } from './bundle.ts';
import { type PortalComponent, portalComponent } from './component.ts';
import { pageHtml } from './page-html.ts';
import { file, hashedFile, integrityOf, type PortalFile } from './portal-file.ts';

/** A page names files by what is in them, so one that is a minute old may name what is there no more. */
const EACH_TIME = 'no-cache';

/** The pages: where each lies, and the script that shows it. */
const PAGES = { 'index.html': 'start.tsx', share: 'share.ts', provider: 'provider.ts' } as const;

/**
 * Builds all that is hosted: the component for pages of others, and the pages of our own. The same sources give the same
 * files.
 *
 * @param root the project
 */
export function portalFiles(root: string): readonly PortalFile[] {
  const component = portalComponent(root);
  return [...componentFiles(component), ...pageFiles(root, component)];
}

/** By two names: one that stays, and one of its content, for pages that say which content they take (`integrity`). */
function componentFiles({ script, types, beside }: PortalComponent): readonly PortalFile[] {
  const hashed = hashedFile('share-with-direct', 'js', script);
  const integrity = JSON.stringify({ [hashed.path]: integrityOf(script) });
  return [
    file('share-with-direct.js', 'js', script),
    hashed,
    ...Object.values(beside),
    file('share-with-direct.d.ts', 'text', types),
    file('integrity.json', 'json', `${integrity}\n`),
  ];
}

/**
 * What the element reads lies there a second time: a browser that got it for a page of our own, without a word of who else may
 * have it, would give that to a page of others, too.
 */
function pageFiles(root: string, { beside }: PortalComponent): readonly PortalFile[] {
  const look = hashedFile('portal/look', 'css', styleSheet(root, 'portal/pages/pages.css'));
  const icon = file('favicon.svg', 'svg', ICON);
  const define = definitionsOf(beside);
  const data = Object.values(beside).map((each: PortalFile) => ({
    ...each,
    path: `portal/${each.path}`,
  }));
  const pages = Object.entries(PAGES).flatMap(([path, source]) => {
    const [name = ''] = source.split('.');
    const built = bundled(root, `portal/pages/${source}`, define);
    const script = hashedFile(`portal/${name}`, 'js', built.script);
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
  return [look, icon, ...data, ...pages];
}

/** An arrow out of a page. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
<rect width="16" height="16" rx="3" fill="#0b5c8f"/>
<path d="M4 8h7M8 5l3 3-3 3" fill="none" stroke="#fff" stroke-width="2"/>
</svg>
`;
