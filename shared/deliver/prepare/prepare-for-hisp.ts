import { sha256, type MessageId } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import { innerMessage } from '../../secure/inner-message.ts';
import { bytesOf } from '../../secure/pieces.ts';
import type { Transmission } from '../../transmission/transmission.ts';
import type { Intent } from '../hand-over.ts';
import { payloadOf } from '../payload.ts';
import { drafted } from './draft-of.ts';
import { extentOf, messageIdFor, tooLarge, type Prepared, type PreparePorts } from './prepared.ts';

/**
 * Makes a message for somebody else's HISP: as its recipient is to read it, neither wrapped nor signed nor encrypted. Whom
 * it reaches, and whether he is to be trusted, the HISP finds out; no key of ours is needed.
 *
 * @failure deliver/too-large, and the codes of `drafted`
 */
export async function prepareClear(
  transmission: Transmission,
  attempt: number,
  ports: PreparePorts,
): Promise<Outcome<Prepared>> {
  const messageId = await messageIdFor(transmission, ports);
  const written = await drafted(transmission, messageId, ports);
  if (!written.ok) return written;
  const message = innerMessage(written.value.draft);
  const refusal = tooLarge(message.sizeBytes, ports.relay);
  if (refusal) return refusal;
  const { extent } = written.value;
  return done(forHisp('clear', bytesOf(message), { attempt, messageId, ...extent }));
}

/**
 * Makes an ITI-41 request for somebody else's HISP, of which it makes a Direct message.
 *
 * @failure deliver/too-large, deliver/other-way, and the codes of `payloadOf` and of what it makes
 * @see XDR and XDM for Direct Messaging 1.0
 */
export async function prepareXdr(
  transmission: Transmission,
  attempt: number,
  ports: PreparePorts,
): Promise<Outcome<Prepared>> {
  // It was opened for another way: a submission set without a document there is not.
  if (transmission.isProbe) return fail('deliver/other-way');
  const { endpoint } = ports.relay;
  if (endpoint === undefined) throw new Error('A relay for XDR does not say where it takes it');
  const payload = await payloadOf(transmission, ports);
  if (!payload.ok) return payload;
  const messageId = await messageIdFor(transmission, ports);
  const bundle = payload.value.asXdr({ messageId, endpoint });
  if (!bundle.ok) return bundle;
  const { entity, documents, excluded } = bundle.value;
  const refusal = tooLarge(entity.length, ports.relay);
  if (refusal) return refusal;
  return done(forHisp('xdr', entity, { attempt, messageId, ...extentOf(documents, excluded) }));
}

type Said = Pick<Intent, 'attempt' | 'documents' | 'excluded'> & { readonly messageId: MessageId };

const forHisp = (hisp: 'clear' | 'xdr', bytes: Uint8Array, said: Said): Prepared => ({
  bytes,
  intent: {
    kind: 'intent',
    ...said,
    messageSha256: sha256(bytes),
    messageBytes: bytes.length,
    hisp,
    certificates: [],
  },
});
