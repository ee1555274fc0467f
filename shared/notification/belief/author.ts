import { parseDirectAddress, type DirectAddress } from '../../ids.ts';
import { headersOf, type MimeEntity } from '../../secure/mime.ts';

/** A display name, quoted or without any of the signs with which another address could begin or end. */
const NAMED = /^(?:"(?:[^"\\]|\\.)*")?[^<>()[\]:;,@"\\]*<([^<>]*)>$/;

/**
 * The mailbox of a message's From, if there is one and nobody can read another there: one field, one mailbox, no
 * comments. Whoever lets only its owner write as a mailbox may have looked at any of several.
 */
export function authorOf(message: MimeEntity): DirectAddress | undefined {
  const [from = '', ...others] = headersOf(message, 'from');
  const address = parseDirectAddress((NAMED.exec(from)?.[1] ?? from).trim());
  return address.ok && others.length === 0 ? address.value : undefined;
}
