import type { MessageId } from '../../ids.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Bundle } from '../../package/package-record.ts';
import { patientName } from '../../package/pages/names.ts';
import { bodyText, probeText } from '../../secure/body-text.ts';
import type { Draft } from '../../secure/draft.ts';
import { requestText } from '../../secure/request-text.ts';
import type { Transmission } from '../../transmission/transmission.ts';
import type { Intent } from '../hand-over.ts';
import { payloadOf, type Payload } from '../payload.ts';
import { extentOf, type PreparePorts } from './prepared.ts';

/** What one message says, all in the language of its plan, and how much of the record it has. */
export interface Drafted {
  readonly draft: Draft;
  readonly extent: Pick<Intent, 'documents' | 'excluded'>;
}

/**
 * Writes the message of a copy, or of the probe that goes before it: of the patient a probe knows nothing.
 *
 * @failure transmit-request/unknown-sender, and the codes of `payloadOf` and of what it makes
 */
export async function drafted(
  transmission: Transmission,
  messageId: MessageId,
  ports: PreparePorts,
): Promise<Outcome<Drafted>> {
  if (transmission.isProbe) return probeDraft(transmission, messageId, ports);
  const payload = await payloadOf(transmission, ports);
  if (!payload.ok) return payload;
  const bundle = payload.value.asXdm();
  if (!bundle.ok) return bundle;
  const { documents, excluded } = bundle.value;
  return done({
    draft: copyDraft(transmission, messageId, payload.value, bundle.value, ports),
    extent: extentOf(documents.length, excluded),
  });
}

function probeDraft(
  transmission: Transmission,
  messageId: MessageId,
  { settings, now }: PreparePorts,
): Outcome<Drafted> {
  const { sender: from, address: to, plan } = transmission;
  const sender = settings.senders.find(({ address }) => address === from);
  if (!sender) return fail('transmit-request/unknown-sender');
  const { name: holderName, contact } = sender;
  const text = probeText({ language: plan.language ?? 'en', holderName, contact });
  const draft = { from, to, messageId, date: now(), holderName, text };
  return done({ draft, extent: extentOf(0, 0) });
}

function copyDraft(
  { sender: from, address: to, plan, submission }: Transmission,
  messageId: MessageId,
  { sender: { name: holderName }, patient }: Payload,
  { zip, notice }: Bundle,
  { settings, now }: PreparePorts,
): Draft {
  const recurring = plan.recurring ?? false;
  const attested = submission?.basis === 'holder-attested';
  const asked = { destination: to, patientName: patientName(patient), holderName, recurring };
  return {
    from,
    to,
    messageId,
    date: now(),
    holderName,
    text: bodyText({ language: plan.language ?? 'en', holderName, notice, attested }),
    zip,
    // It says what the patient asked for.
    ...(settings.requestTxt && !attested ? { requestText: requestText(asked) } : {}),
  };
}
