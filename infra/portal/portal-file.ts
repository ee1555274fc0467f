import { createHash } from 'node:crypto';

/** One file of what is hosted, as it lies in the bucket. */
export interface PortalFile {
  /** The key of the object and the path of the URL: `share`, `share-with-direct.js`. */
  readonly path: string;
  readonly body: string;
  readonly contentType: string;
  /** Of HTTP: names that stand for their content are kept for good, others are asked for again. */
  readonly cacheControl: string;
}

const TYPES = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  text: 'text/plain; charset=utf-8',
} as const;

/** A file whose name stays as it is: pages that embed it get a new one within minutes. */
const SHORTLY = 'public, max-age=300';
/** One whose name says what is in it. */
const FOR_GOOD = 'public, max-age=31536000, immutable';

/** @param cacheControl @default for minutes */
export const file = (
  path: string,
  type: keyof typeof TYPES,
  body: string,
  cacheControl: string = SHORTLY,
): PortalFile => ({ path, body, contentType: TYPES[type], cacheControl });

/** By the name of its content. */
export const hashedFile = (name: string, type: 'js' | 'css' | 'json', body: string): PortalFile => {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return file(`${name}.${hash}.${type}`, type, body, FOR_GOOD);
};

/** Subresource Integrity. @param by @default sha384, as pages usually have it */
export const integrityOf = (body: string, by: 'sha256' | 'sha384' = 'sha384'): string =>
  `${by}-${createHash(by).update(body).digest('base64')}`;
