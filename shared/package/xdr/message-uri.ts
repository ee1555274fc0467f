import type { MessageId } from '../../ids.ts';
import { parseMessageId } from '../../ids.ts';

/**
 * A Message-ID as WS-Addressing wants it, an absolute IRI: the `mid:` URL of RFC 2392. Each is made of one Message-ID, and
 * gives it back.
 */
export const uriOfMessageId = (id: MessageId): string =>
  `mid:${encodeURIComponent(id).replace('%40', '@')}`;

/** The Message-ID that a `mid:` URL stands for, or that somebody wrote without it; undefined when it can be none. */
export function messageIdOfUri(uri: string): MessageId | undefined {
  const bare = uri.trim().replace(/^mid:/i, '');
  try {
    const parsed = parseMessageId(decodeURIComponent(bare));
    return parsed.ok ? parsed.value : undefined;
  } catch {
    return undefined;
  }
}
