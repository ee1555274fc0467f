import { parseDirectAddress, type DirectAddress } from '../ids.ts';
import type { Settings } from '../settings.ts';

/**
 * The mailbox to which an address belongs when its domain delivers `local+tag` to `local`, by the setting: certificates
 * are published for it and bound to it. The address as it is when nothing would be left before the tag.
 */
export function mailboxOf(
  address: DirectAddress,
  { stripTags }: Pick<Settings['discovery'], 'stripTags'>,
): DirectAddress {
  if (!stripTags) return address;
  const at = address.lastIndexOf('@');
  const [local = ''] = address.slice(0, at).split('+');
  const bare = parseDirectAddress(`${local}${address.slice(at)}`);
  return bare.ok ? bare.value : address;
}
