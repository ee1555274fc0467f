import { parseDirectAddress, type DirectAddress } from '../../ids.ts';
import { withoutComments } from './mail/field-blocks.ts';

/** The address alone, out of `rfc822;` or `utf-8;`, display names, angle brackets and comments. */
export function addressIn(value: string | undefined): DirectAddress | undefined {
  if (value === undefined) return undefined;
  const text = value.slice(value.indexOf(';') + 1);
  const bracketed = /<([^<>]*)>[^<>]*$/.exec(text)?.[1];
  const address = parseDirectAddress((bracketed ?? withoutComments(text)).trim());
  return address.ok ? address.value : undefined;
}
