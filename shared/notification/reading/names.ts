import { parseMessageId, type MessageId } from '../../ids.ts';
import { done, type Outcome } from '../../outcome.ts';
import { readBlocks } from './field-blocks.ts';
import { partOfType, type Mail } from './mail.ts';

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

/** The ids in a field: all in angle brackets, or without any the whole value. Those of SES also without their domain. */
export function namesIn(value: string | undefined): readonly MessageId[] {
  if (value === undefined) return [];
  const bracketed = [...value.matchAll(/<([^<>]*)>/g)].map(([, id = '']) => id);
  return (bracketed.length > 0 ? bracketed : unbracketed(value)).flatMap((text) => {
    // An id that was folded on its way carries blanks that are not its own.
    const id = parseMessageId(text.replaceAll(/\s+/g, ''));
    return id.ok ? [id.value, ...withoutDomain(id.value)] : [];
  });
}

/** Before there were brackets, `In-Reply-To` had sentences in it. */
const unbracketed = (value: string): readonly string[] =>
  /\s/.test(value) && !value.includes('@') ? [] : [value];

function withoutDomain(id: MessageId): readonly MessageId[] {
  const local = parseMessageId(OF_SES.exec(id)?.[1] ?? '');
  return local.ok ? [local.value] : [];
}

/** Each once, and no more than are worth a look. */
export const distinct = (names: readonly MessageId[]): readonly MessageId[] =>
  [...new Set(names)].slice(0, MOST_NAMES);

/** What the message that a mail brings back is called in its own header; what it holds itself is not looked into. */
export function namesOfReturned(mail: Mail): readonly MessageId[] {
  const part = partOfType(mail, RETURNED);
  const header = part && headerOf(part.bytes);
  return header?.ok ? namesIn(header.value) : [];
}

const LARGEST_HEADER_BYTES = 64 * 1024;

function headerOf(bytes: Uint8Array): Outcome<string | undefined> {
  const blocks = readBlocks(bytes.subarray(0, LARGEST_HEADER_BYTES));
  return blocks.ok ? done(blocks.value[0]?.get('message-id')) : blocks;
}
