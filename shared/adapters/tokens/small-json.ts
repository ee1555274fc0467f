/** Everything about one document, from the name of its host to its last byte. */
const FETCH_MS = 3000;

/**
 * Fetches JSON from a server that the settings name, or that such a server names: no redirects, no more bytes than said.
 *
 * @throws Error when it does not come, whole and in time
 */
export async function smallJson(url: string, maxBytes: number): Promise<unknown> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(FETCH_MS),
    redirect: 'error',
    headers: { accept: 'application/json' },
  });
  if (!response.ok) throw new Error(`The issuer answers ${response.status}`);
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new Error('The issuer answers too much');
    pieces.push(piece);
  }
  return JSON.parse(Buffer.concat(pieces).toString('utf8'));
}
