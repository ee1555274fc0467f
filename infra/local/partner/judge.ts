import { parseDirectAddress } from '../../../shared/ids.ts';
import type { LocalIdentity } from '../../../shared/secure/local-identity.ts';
import type { Certificate } from '../../../shared/trust/certificate.ts';
import { trust } from '../../../shared/trust/trust.ts';
import { openReceived, type OpenedReceived } from './open-received.ts';
import type { ReceivedMessage } from './received-message.ts';
import { routingOf, type SmtpEnvelope } from './routing.ts';
import { refusalsBy, type Refusal } from './rules/rule.ts';
import { STAGES } from './rules/stages.ts';
import { strictRefusals } from './strict.ts';

/**
 * `normal`: as most receivers, it answers what it can decrypt and verify, when it trusts whom the signed From names;
 * `strict`: it answers nothing that the Java reference implementation with its tamper checks on would not.
 */
export type PartnerMode = 'normal' | 'strict';

export interface JudgePorts {
  readonly identity: LocalIdentity;
  readonly anchors: readonly Certificate[];
  readonly now: () => Date;
}

/** Opens a message and decides whether it is answered. What a strict receiver minds is noted in either mode. */
export async function judge(
  raw: Uint8Array,
  envelope: SmtpEnvelope,
  { mode, ...ports }: JudgePorts & { readonly mode: PartnerMode },
): Promise<ReceivedMessage> {
  const opened = openReceived(raw, ports.identity);
  const lax = opened.ok ? await distrustOf(opened.value, ports) : [unread(opened.failure.code)];
  const refusedFor = mode === 'strict' ? await strictRefusals(raw, envelope, ports) : lax;
  const notes = opened.ok ? notesOn(opened.value, envelope) : [];
  return {
    ...envelope,
    raw,
    ...(opened.ok && { opened: opened.value.contents }),
    refusedFor,
    problems: [...new Set([...refusedFor.map(({ reason }) => reason), ...notes])],
  };
}

const unread = (code: string): Refusal => ({ id: code, reason: code });

const notesOn = ({ contents, problems, innerEntity }: OpenedReceived, envelope: SmtpEnvelope) => [
  ...problems,
  ...refusalsBy(STAGES.routing, routingOf(innerEntity, envelope)).map(({ reason }) => reason),
  ...(contents.xdm?.problems ?? []),
];

async function distrustOf(
  { contents: { from, signer } }: OpenedReceived,
  { anchors, now }: JudgePorts,
): Promise<readonly Refusal[]> {
  const address = parseDirectAddress(from);
  if (!address.ok) return [unread(address.failure.code)];
  const { outcome } = await trust(address.value, [signer], 'signature', { anchors, now: now() });
  return outcome.ok ? [] : [unread(outcome.failure.code)];
}
