import { parseMessageId, type MessageId } from '../../ids.ts';
import { done, type Outcome } from '../../outcome.ts';
import { readBlocks } from './mail/field-blocks.ts';
import { partOfType, type Mail } from './mail/mail.ts';

/** Each is looked up; no honest notice has as many. */
const MOST_NAMES = 20;

/** An id that SES gave: in the header with its domain, in its answers and events without. */
const OF_SES = /^(.+)@(?:[a-z0-9-]+\.)?amazonses\.com$/i;

const RETURNED = [
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global-headers',
];

/**
 * The ids in a field, as they are written there: all in angle brackets, or without any the whole value. What has no id in
 * it is passed over.
 */
export function idsIn(value: string | undefined): readonly string[] {
  if (value === undefined) return [];
  const bracketed = [...value.matchAll(/<([^<>]*)>/g)].map(([, id = '']) => id.trim());
  return (bracketed.length > 0 ? bracketed : unbracketed(value)).filter((id) => nameOf(id).ok);
}

/** Before there were brackets, `In-Reply-To` had sentences in it. */
const unbracketed = (value: string): readonly string[] =>
  /\s/.test(value) && !value.includes('@') ? [] : [value];

/** An id that was folded on its way carries blanks that are not its own. */
const nameOf = (id: string): Outcome<MessageId> => parseMessageId(id.replaceAll(/\s+/g, ''));

/** What ids stand for, each once and no more than are worth a look: those of SES also without their domain. */
export function namesOf(ids: readonly string[]): readonly MessageId[] {
  const names = ids.flatMap((id) => {
    const name = nameOf(id);
    return name.ok ? [name.value, ...withoutDomain(name.value)] : [];
  });
  return [...new Set(names)].slice(0, MOST_NAMES);
}

/** Those that have blanks in them, for people who look for them as they are written. */
export const oddOf = (ids: readonly string[]): readonly string[] =>
  [...new Set(ids.filter((id) => /\s/.test(id)))].slice(0, MOST_NAMES);

function withoutDomain(name: MessageId): readonly MessageId[] {
  const local = parseMessageId(OF_SES.exec(name)?.[1] ?? '');
  return local.ok ? [local.value] : [];
}

/** What the message that a mail brings back is called in its own header; what it holds itself is not looked into. */
export function idsOfReturned(mail: Mail): readonly string[] {
  const part = partOfType(mail, RETURNED);
  const header = part && headerOf(part.bytes);
  return header?.ok ? idsIn(header.value) : [];
}

const LARGEST_HEADER_BYTES = 64 * 1024;

function headerOf(bytes: Uint8Array): Outcome<string | undefined> {
  const blocks = readBlocks(bytes.subarray(0, LARGEST_HEADER_BYTES));
  return blocks.ok ? done(blocks.value[0]?.get('message-id')) : blocks;
}
