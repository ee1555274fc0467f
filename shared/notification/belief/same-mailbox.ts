import { mailboxOf } from '../../discover/address-tag.ts';
import type { DirectAddress } from '../../ids.ts';
import type { Settings } from '../../settings.ts';

/** Whether two addresses are one mailbox: in any case, and with any tag where the setting takes tags off. */
export const isSameMailbox = (
  one: DirectAddress | undefined,
  other: DirectAddress,
  { discovery }: Pick<Settings, 'discovery'>,
): boolean =>
  one !== undefined &&
  mailboxOf(one, discovery).toLowerCase() === mailboxOf(other, discovery).toLowerCase();
