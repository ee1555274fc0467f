import { parseMessageId, type MessageId } from '../../ids.ts';

/**
 * A Message-ID as WS-Addressing wants it, an absolute IRI: the `mid:` URL of RFC 2392. Each is made of one Message-ID, and
 * gives it back.
 */
export const uriOfMessageId = (id: MessageId): string =>
  `mid:${encodeURIComponent(id).replace('%40', '@')}`;

/** The Message-ID that a `mid:` URL stands for, or that somebody wrote without it; undefined when it can be none. */
export function messageIdOfUri(uri: string): MessageId | undefined {
  const [, escaped] = /^mid:(.*)$/i.exec(uri.trim()) ?? [];
  try {
    const parsed = parseMessageId(escaped === undefined ? uri : decodeURIComponent(escaped));
    return parsed.ok ? parsed.value : undefined;
  } catch {
    return undefined;
  }
}
