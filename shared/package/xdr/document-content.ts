import { done, fail, type Outcome } from '../../outcome.ts';
import { decodedBase64 } from './base64.ts';
import { DIRECT, XOP } from './names.ts';
import type { SoapElement } from './soap-tree.ts';

/** What a Document element holds: bytes, or what a system wrote there that reports by XDR. */
export type DocumentContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'disposition'; readonly element: SoapElement };

/**
 * Reads what is in each Document element: base64, or a part that it includes.
 *
 * @param parts by Content-ID; each is included once, and all of them are
 * @failure package/bad-soap, package/bad-multipart
 * @see XOP 1.0 section 4; RFC 2392
 */
export function readContents(
  documents: readonly SoapElement[],
  parts: ReadonlyMap<string, Uint8Array>,
): Outcome<readonly DocumentContent[]> {
  const left = new Map(parts);
  const contents: DocumentContent[] = [];
  for (const document of documents) {
    const content = readContent(document, left);
    if (!content.ok) return content;
    contents.push(content.value);
  }
  return left.size > 0
    ? fail('package/bad-multipart', 'a part that nothing includes')
    : done(contents);
}

function readContent(
  { children, text }: SoapElement,
  left: Map<string, Uint8Array>,
): Outcome<DocumentContent> {
  const [element, second] = children;
  if (!element) {
    const bytes = decodedBase64(text);
    return bytes ? done({ kind: 'bytes', bytes }) : fail('package/bad-soap', 'no base64');
  }
  if (second || text.trim() !== '') return fail('package/bad-soap', 'a document of several things');
  if (element.namespace === DIRECT && element.name === 'messageDisposition')
    return done({ kind: 'disposition', element });
  return element.namespace === XOP && element.name === 'Include'
    ? included(element.attributes['href'] ?? '', left)
    : fail('package/bad-soap', 'a document of another kind');
}

function included(href: string, left: Map<string, Uint8Array>): Outcome<DocumentContent> {
  const id = contentIdIn(href);
  const bytes = id === undefined ? undefined : left.get(id);
  if (id === undefined || !bytes) return fail('package/bad-multipart', 'an Include of no part');
  left.delete(id);
  return done({ kind: 'bytes', bytes });
}

function contentIdIn(href: string): string | undefined {
  const [, escaped] = /^cid:([\x21-\x7e]+)$/i.exec(href.trim()) ?? [];
  try {
    return escaped === undefined ? undefined : decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
