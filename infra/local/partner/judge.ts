import { parseDirectAddress } from '../../../shared/ids.ts';
import type { LocalIdentity } from '../../../shared/secure/local-identity.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import { trust } from '../../../shared/trust/trust.ts';
import { openReceived, recipientsOf } from './open-received.ts';
import type { OpenedContents, ReceivedMessage } from './received-message.ts';

export interface JudgePorts {
  readonly identity: LocalIdentity;
  readonly anchors: readonly Certificate[];
  readonly now: () => Date;
}

type Envelope = Pick<ReceivedMessage, 'mailFrom' | 'recipients'>;

/** Opens a message and checks it as a receiver does who keeps to the letter of the standard. */
export async function judge(
  raw: Uint8Array,
  envelope: Envelope,
  ports: JudgePorts,
): Promise<ReceivedMessage> {
  const opened = openReceived(raw, ports.identity);
  if (!opened.ok) return { ...envelope, raw, problems: [opened.failure.code] };
  const { contents, problems } = opened.value;
  return {
    ...envelope,
    raw,
    opened: contents,
    problems: [
      ...problems,
      ...tampering(contents, envelope),
      ...(await trustProblems(contents, ports)),
      ...(contents.xdm?.problems ?? []),
    ],
  };
}

/** The envelope must say what the signed header says: every RCPT TO is in To or Cc, MAIL FROM is the From. */
function tampering({ inner, from }: OpenedContents, { mailFrom, recipients }: Envelope): string[] {
  const named = recipientsOf(inner).map((address) => address.toLowerCase());
  return [
    ...(mailFrom.toLowerCase() === from.toLowerCase()
      ? []
      : ['envelope: MAIL FROM is not the From of the message']),
    ...(recipients.every((address) => named.includes(address.toLowerCase()))
      ? []
      : ['envelope: a recipient is neither in To nor in Cc']),
  ];
}

async function trustProblems(
  { from, signer }: OpenedContents,
  { anchors, now }: JudgePorts,
): Promise<string[]> {
  const address = parseDirectAddress(from);
  if (!address.ok) return [address.failure.code];
  const { outcome } = await trust(address.value, [signer], 'signature', { anchors, now: now() });
  return outcome.ok ? [] : [outcome.failure.code];
}
