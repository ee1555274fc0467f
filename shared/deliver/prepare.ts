import { domainOf, messageIdOf, sha256, type DirectAddress, type MessageId } from '../ids.ts';
import { done, fail, type Outcome } from '../outcome.ts';
import type { Bundle } from '../package/package-record.ts';
import { patientName } from '../package/pages/names.ts';
import { bodyText } from '../secure/body-text.ts';
import type { KeyTransport } from '../secure/cms/envelope/key-transport.ts';
import type { Draft } from '../secure/draft.ts';
import type { SigningKeys } from '../secure/keys.ts';
import { requestText } from '../secure/request-text.ts';
import { sealable } from '../secure/secure.ts';
import type { Settings } from '../settings.ts';
import type { Transmission } from '../transmission/transmission.ts';
import { recipientOf, type RecipientPorts } from '../trust/recipient.ts';
import type { RevocationWord } from '../trust/revocation/revocation.ts';
import type { Trusted } from '../trust/trust.ts';
import type { Intent } from './hand-over.ts';
import { payloadOf, type Payload, type PayloadPorts } from './payload.ts';
import type { Relay } from './relay.ts';

export interface PreparePorts extends PayloadPorts, RecipientPorts {
  readonly settings: Settings;
  readonly keys: SigningKeys;
  readonly messageIdSecret: () => Promise<string>;
  readonly relay: Relay;
}

/** A message that is ready to leave, and what the ledger says before it does. */
export interface Prepared {
  readonly intent: Intent;
  readonly bytes: Uint8Array;
}

/**
 * Makes the message of one attempt. The recipient's certificates are found and trusted before any patient data is
 * touched; then the record as it is now is packaged, signed and encrypted.
 *
 * @failure discover/*, trust/*, transmit-request/unknown-sender, patient/unknown, record/none, record/unchecked,
 *   record/held, record/excluded, package/too-large, package/failed-check, secure/no-identity, secure/unusable-key,
 *   deliver/too-large
 */
export async function prepare(
  transmission: Transmission,
  attempt: number,
  ports: PreparePorts,
): Promise<Outcome<Prepared>> {
  const { outcome: recipient } = await recipientOf(transmission.address, ports);
  if (!recipient.ok) return recipient;
  const payload = await payloadOf(transmission, ports);
  if (!payload.ok) return payload;
  const bundle = payload.value.asXdm();
  if (!bundle.ok) return bundle;
  const contents = { ...payload.value, bundle: bundle.value };
  return secured(transmission, attempt, recipient.value, contents, ports);
}

/** Of whom, in whose name, and what is in it. */
type Contents = Pick<Payload, 'sender' | 'patient'> & { readonly bundle: Bundle };

/** What one message says, all in the language of its plan. */
function draftOf(
  { sender: from, address: to, plan }: Transmission,
  messageId: MessageId,
  { sender: { name: holderName }, patient, bundle }: Contents,
  { settings, now }: PreparePorts,
): Draft {
  const { zip, notice } = bundle;
  const recurring = plan.recurring ?? false;
  const asked = { destination: to, patientName: patientName(patient), holderName, recurring };
  return {
    from,
    to,
    messageId,
    date: now(),
    holderName,
    text: bodyText({ language: plan.language ?? 'en', holderName, notice }),
    zip,
    ...(settings.requestTxt ? { requestText: requestText(asked) } : {}),
  };
}

const keyTransportTo = (to: DirectAddress, { keyTransport }: Settings): KeyTransport =>
  keyTransport.domains[domainOf(to)] ?? keyTransport.default;

async function secured(
  transmission: Transmission,
  attempt: number,
  { certificates, proved, revocation }: Trusted,
  contents: Contents,
  ports: PreparePorts,
): Promise<Outcome<Prepared>> {
  const { id, sender: from, address: to } = transmission;
  const { keys, messageIdSecret, relay, settings } = ports;
  const { documents, excluded } = contents.bundle;
  const signer = await keys.signing(from);
  if (!signer.ok) return signer;
  const messageId = messageIdOf(id, await messageIdSecret(), domainOf(from));
  const ready = sealable(
    draftOf(transmission, messageId, contents, ports),
    signer.value,
    certificates.map(({ der }) => der),
    { keyTransport: keyTransportTo(to, settings) },
  );
  if (ready.sizeBytes > relay.maxMessageBytes) {
    return fail('deliver/too-large', `${ready.sizeBytes} bytes, over ${relay.maxMessageBytes}`);
  }
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
      documents: documents.length,
      ...(excluded > 0 ? { excluded } : {}),
    },
  });
}

/** Nothing where it is known that nothing was revoked; not to have asked is not to know. */
const doubtOf = (revocation: RevocationWord): Pick<Intent, 'revocation'> =>
  revocation === 'good' ? {} : { revocation: revocation === 'not-named' ? revocation : 'unknown' };
