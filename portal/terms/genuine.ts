import { inHex } from '../api/key.ts';
import type { ConsentText } from '../api/views.ts';

/**
 * Whether the text is the one that its hash stands for, so that what is signed is what was read. A page without TLS has
 * nothing to reckon with, and nothing to trust either: it is for trying out.
 */
export async function isGenuine({
  text,
  sha256,
}: Pick<ConsentText, 'text' | 'sha256'>): Promise<boolean> {
  const { subtle } = crypto as Partial<Crypto>;
  if (!subtle) return true;
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
  return inHex(new Uint8Array(digest)) === sha256;
}
