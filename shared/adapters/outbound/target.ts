/** What a URL names, when it is one that may be asked at all. The host is not judged yet. */
export interface Target {
  readonly url: URL;
  readonly port: number;
  readonly secure: boolean;
}

const MAX_URL_CHARACTERS = 2048;

/**
 * Reads a URL that somebody outside wrote. Undefined unless it is http or https, of bearable length, without password.
 *
 * @param base what it is relative to, if it is
 */
export function readTarget(text: string, base?: URL): Target | undefined {
  if (text.length > MAX_URL_CHARACTERS) return undefined;
  const url = URL.parse(text, base?.href);
  if (!url || url.username !== '' || url.password !== '') return undefined;
  if (url.protocol === 'http:') return { url, port: Number(url.port || 80), secure: false };
  if (url.protocol === 'https:') return { url, port: Number(url.port || 443), secure: true };
  return undefined;
}

/** Where a redirect leads. What was asked in secret is not asked in the open: `https` never leads to `http`. */
export function nextTarget(from: Target, location: string): Target | undefined {
  const next = readTarget(location, from.url);
  return next && from.secure && !next.secure ? undefined : next;
}
