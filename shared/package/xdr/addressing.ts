import type { DirectAddress } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { SubmissionSet } from '../read/described-set.ts';
import { XDR_LIMITS } from './limits.ts';
import { addressIn } from './mailto.ts';
import { DIRECT, FINAL_DELIVERY } from './names.ts';
import { childrenOf, onlyChild, type SoapElement } from './soap-tree.ts';
import type { XdrAddressing, XdrRequest } from './xdr.ts';

/**
 * Reads between whom a request goes, and what is wished. What the address block says is an address or refused; what the
 * submission set says beside it may be somebody without one.
 *
 * @failure package/bad-addressing, package/over-limits
 * @see XDR and XDM for Direct Messaging 1.0, section 4; Direct Edge Protocols 1.1
 */
export function readAddressing(
  header: SoapElement | undefined,
  set: SubmissionSet,
): Outcome<XdrAddressing> {
  const block = onlyChild(header, DIRECT, 'addressBlock');
  if (!block && childrenOf(header, DIRECT, 'addressBlock').length > 0) return bad('blocks');
  const from = addressesIn(childrenOf(block, DIRECT, 'from'));
  const to = addressesIn(childrenOf(block, DIRECT, 'to'));
  if (!from || !to) return bad('an address');
  if (from.length > 1) return bad('senders');
  const sender = from[0] ?? set.authorTelecommunications.flatMap(addressOfXtn)[0];
  const recipients = to.length > 0 ? to : set.intendedRecipients.flatMap(addressOfXtn);
  if (recipients.length > XDR_LIMITS.recipients) return fail('package/over-limits', 'recipients');
  const relatesTo = relatesToIn(block);
  return done({
    ...(sender && { from: sender }),
    to: eachOnce(recipients),
    wantsFinalDelivery: isTrue(onlyChild(block, DIRECT, FINAL_DELIVERY)?.text),
    ...(relatesTo !== undefined && { relatesTo }),
  });
}

/** A header of its own, or within the address block. */
export function levelIn(header: SoapElement | undefined): XdrRequest['level'] {
  const block = onlyChild(header, DIRECT, 'addressBlock');
  const said = [header, block].map((each) =>
    onlyChild(each, DIRECT, 'metadata-level')?.text.trim(),
  );
  const level = (said[0] ?? said[1] ?? '').toLowerCase();
  if (level === 'minimal') return 'minimal';
  return level === 'xds' ? 'XDS' : undefined;
}

/** The attribute of a notification; older samples have an element. */
function relatesToIn(block: SoapElement | undefined): string | undefined {
  const said =
    onlyChild(block, DIRECT, 'notification')?.attributes['relatesTo'] ??
    onlyChild(block, DIRECT, 'relatesTo')?.text ??
    '';
  return /^[\x21-\x7e]{1,500}$/.test(said.trim()) ? said.trim() : undefined;
}

/** Undefined when one of them is no address. */
function addressesIn(elements: readonly SoapElement[]): readonly DirectAddress[] | undefined {
  const addresses = elements.map(({ text }) => addressIn(text));
  return addresses.every((address) => address !== undefined) ? addresses : undefined;
}

/** The XTN behind the last bar: component 4 where the use is Internet, and whoever writes only one has it last. */
function addressOfXtn(value: string): readonly DirectAddress[] {
  const components = (value.split('|').at(-1) ?? '').split('^').map(unescaped);
  const address = [components[3], components.at(-1)].map((text) => addressIn(text ?? ''));
  return address.filter((each) => each !== undefined).slice(0, 1);
}

const ESCAPES: Readonly<Record<string, string>> = { E: '\\', F: '|', S: '^', R: '~', T: '&' };

const unescaped = (text: string): string =>
  text.replace(/\\([EFSRT])\\/g, (_, letter: string) => ESCAPES[letter] ?? '');

/** An address is one in whatever case it is written. */
const eachOnce = (addresses: readonly DirectAddress[]): readonly DirectAddress[] => [
  ...new Map(addresses.map((address) => [address.toLowerCase(), address])).values(),
];

const isTrue = (text: string | undefined): boolean =>
  ['true', '1'].includes((text ?? '').trim().toLowerCase());

const bad = (detail: string) => fail('package/bad-addressing', detail);
