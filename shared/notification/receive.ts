import type { Now } from '../clock.ts';
import { mailboxOf } from '../discover/address-tag.ts';
import type { Cache } from '../discover/cache.ts';
import type { Fetch } from '../discover/fetch.ts';
import type { DirectAddress } from '../ids.ts';
import { fail, type Outcome } from '../outcome.ts';
import type { DecryptionKeys } from '../secure/keys.ts';
import { openMessage, type OpenedMessage } from '../secure/open.ts';
import type { Settings } from '../settings.ts';
import type { Ledger } from '../transmission/ledger.ts';
import type { History } from '../transmission/transmission.ts';
import type { Certificate } from '../trust/certificate.ts';
import { rulesFor } from '../trust/rules.ts';
import { sourcesOf } from '../trust/sources.ts';
import { trust } from '../trust/trust.ts';
import { authorOf } from './author.ts';
import { readMdn } from './mdn.ts';
import { recordNotice } from './record-notice.ts';

export interface ReceivePorts {
  readonly keys: DecryptionKeys;
  readonly anchors: () => Promise<readonly Certificate[]>;
  readonly fetch: Fetch;
  readonly cache: Cache;
  readonly settings: Pick<Settings, 'acceptSha1' | 'discovery' | 'trust'>;
  readonly ledger: Ledger;
  readonly now: Now;
}

/**
 * Takes in one mail that came to a sending address: a notice changes its transmission if it is encrypted to us,
 * signed, and its signer is trusted and bound to the recipient for whom it speaks; a signer who is bound to the whole
 * domain must also send it in the name of that recipient. Anything else changes nothing.
 *
 * @param raw the mail as it came, RFC 5322
 * @failure secure/*, trust/*, notification/not-a-notice, /no-message-id, /unknown-message, /wrong-recipient
 */
export async function receive(raw: Uint8Array, ports: ReceivePorts): Promise<Outcome<History>> {
  const opened = openMessage(raw, await ports.keys.decryption(), ports.settings);
  if (!opened.ok) return opened;
  const { innerEntity, wrapped, signer, otherSigners, certificates } = opened.value;
  const notice = readMdn(innerEntity, wrapped);
  if (!notice.ok) return notice;

  const now = ports.now();
  const { finalRecipient, originalMessageId } = notice.value;
  // Before anything is fetched: anybody can write to us and name servers to ask, but only recipients know our ids.
  const id = await ports.ledger.byName(originalMessageId);
  if (!id.ok) return id;
  const mailbox = mailboxOf(finalRecipient, ports.settings.discovery);
  const { outcome: trusted } = await trust(mailbox, [signer, ...otherSigners], 'signature', {
    anchors: await ports.anchors(),
    now,
    rules: rulesFor(finalRecipient, ports.settings),
    intermediates: certificates,
    sources: sourcesOf(ports),
  });
  if (!trusted.ok) return trusted;
  if (trusted.value.proved === 'service' && !isFrom(finalRecipient, opened.value)) {
    return fail('notification/wrong-recipient');
  }
  return ports.ledger.append(id.value, now, (history) => recordNotice(history, notice.value));
}

/**
 * Under one certificate for a domain all its mailboxes send; which of them did, only From says, and only the domain
 * can see to it that From is true. The header outside is not signed and proves nothing, but it may refute: a service
 * that does not wrap what its user has already wrapped signs an inner From that it never looked at.
 */
function isFrom(recipient: DirectAddress, { innerEntity, outer, wrapped }: OpenedMessage): boolean {
  const headers = wrapped ? [innerEntity, outer] : [outer];
  return headers.every((each) => authorOf(each)?.toLowerCase() === recipient.toLowerCase());
}
