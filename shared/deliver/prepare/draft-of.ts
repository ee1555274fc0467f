import type { MessageId } from '../../ids.ts';
import type { Bundle } from '../../package/package-record.ts';
import { patientName } from '../../package/pages/names.ts';
import { bodyText } from '../../secure/body-text.ts';
import type { Draft } from '../../secure/draft.ts';
import { requestText } from '../../secure/request-text.ts';
import type { Transmission } from '../../transmission/transmission.ts';
import type { Payload } from '../payload.ts';
import type { PreparePorts } from './prepared.ts';

/** Of whom, in whose name, and what is in it. */
export type Contents = Pick<Payload, 'sender' | 'patient'> & { readonly bundle: Bundle };

/** What one message says, all in the language of its plan. */
export function draftOf(
  { sender: from, address: to, plan, submission }: Transmission,
  messageId: MessageId,
  { sender: { name: holderName }, patient, bundle }: Contents,
  { settings, now }: Pick<PreparePorts, 'settings' | 'now'>,
): Draft {
  const { zip, notice } = bundle;
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
