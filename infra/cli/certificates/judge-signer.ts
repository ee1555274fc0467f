import { parseDirectAddress, type DirectAddress } from '../../../shared/ids.ts';
import { authorOf } from '../../../shared/notification/belief/author.ts';
import { fail, type Outcome } from '../../../shared/outcome.ts';
import { headersOf, type MimeEntity } from '../../../shared/secure/mime.ts';
import type { OpenedMessage } from '../../../shared/secure/open.ts';
import { readCertificate } from '../../../shared/trust/certificate.ts';
import { trust, type Trusted, type TrustContext } from '../../../shared/trust/trust.ts';
import { viewOf } from './describe-certificate.ts';

/**
 * Whether one of those who signed the message may speak for its sender: bound to the address in From, and with a path
 * to an anchor. A message that names no sender speaks for whom its signer is bound to.
 *
 * @failure the codes of `trust`
 */
export async function judgeSigner(
  opened: OpenedMessage,
  options: Pick<TrustContext, 'anchors' | 'now'>,
): Promise<Outcome<Trusted>> {
  const sender = senderOf(opened);
  if (!sender) return fail('trust/wrong-address');
  const signers = [opened.signer, ...opened.otherSigners];
  const intermediates = opened.certificates;
  const { outcome } = await trust(sender, signers, 'signature', { ...options, intermediates });
  return outcome;
}

/** The signed From, or the one outside where none is signed. */
function senderOf({ innerEntity, outer, signer }: OpenedMessage): DirectAddress | undefined {
  const named = [innerEntity, outer].find(hasFrom);
  if (named) return authorOf(named);
  const own = nameOf(signer);
  const address = parseDirectAddress(own.includes('@') ? own : `postmaster@${own}`);
  return address.ok ? address.value : undefined;
}

const hasFrom = (entity: MimeEntity): boolean => headersOf(entity, 'from').length > 0;

/** Whom a certificate names: its first address, else its first domain, else its subject. */
export function nameOf(der: Uint8Array): string {
  const certificate = readCertificate(der);
  const [name] = certificate.ok
    ? [...certificate.value.rfc822Names, ...certificate.value.dnsNames]
    : [];
  if (name !== undefined) return name;
  const view = viewOf(der);
  return 'subject' in view ? view.subject : '';
}
