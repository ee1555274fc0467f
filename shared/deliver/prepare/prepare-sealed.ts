import { domainOf, sha256, type DirectAddress } from '../../ids.ts';
import { done, type Outcome } from '../../outcome.ts';
import type { KeyTransport } from '../../secure/cms/envelope/key-transport.ts';
import { sealable } from '../../secure/secure.ts';
import type { Settings } from '../../settings.ts';
import type { Transmission } from '../../transmission/transmission.ts';
import { recipientOf } from '../../trust/recipient.ts';
import type { RevocationWord } from '../../trust/revocation/revocation.ts';
import type { Intent } from '../hand-over.ts';
import { drafted } from './draft-of.ts';
import { messageIdFor, tooLarge, type Prepared, type PreparePorts } from './prepared.ts';

/**
 * Makes a message that only its recipient can read. The recipient's certificates are found and trusted before any patient
 * data is touched; then the record as it is now is packaged, signed and encrypted.
 *
 * @failure discover/*, trust/*, secure/no-identity, secure/unusable-key, deliver/too-large, and the codes of `drafted`
 */
export async function prepareSealed(
  transmission: Transmission,
  attempt: number,
  ports: PreparePorts,
): Promise<Outcome<Prepared>> {
  const { outcome: recipient } = await recipientOf(transmission.address, ports);
  if (!recipient.ok) return recipient;
  const { sender: from, address: to } = transmission;
  const { keys, relay, settings } = ports;
  const messageId = await messageIdFor(transmission, ports);
  const message = await drafted(transmission, messageId, ports);
  if (!message.ok) return message;
  const signer = await keys.signing(from);
  if (!signer.ok) return signer;
  const { certificates, proved, revocation } = recipient.value;
  const ready = sealable(
    message.value.draft,
    signer.value,
    certificates.map(({ der }) => der),
    { keyTransport: keyTransportTo(to, settings) },
  );
  const refusal = tooLarge(ready.sizeBytes, relay);
  if (refusal) return refusal;
  const { bytes } = await ready.seal();
  return done({
    bytes,
    intent: {
      kind: 'intent',
      attempt,
      messageId,
      messageSha256: sha256(bytes),
      messageBytes: bytes.length,
      certificates: certificates.map(({ fingerprint }) => fingerprint),
      proved,
      ...doubtOf(revocation),
      ...message.value.extent,
    },
  });
}

const keyTransportTo = (to: DirectAddress, { keyTransport }: Settings): KeyTransport =>
  keyTransport.domains[domainOf(to)] ?? keyTransport.default;

/** Nothing where it is known that nothing was revoked; not to have asked is not to know. */
const doubtOf = (revocation: RevocationWord): Pick<Intent, 'revocation'> =>
  revocation === 'good' ? {} : { revocation: revocation === 'not-named' ? revocation : 'unknown' };
