import { messageIdOfUri } from '../../../shared/package/xdr/message-uri.ts';
import type { LocalSystem } from '../local-system.ts';
import type { HandedOver } from '../partner/edge/handed-over.ts';
import type { ReceivedMessage } from '../partner/received-message.ts';
import type { View } from './follow.ts';

/** What came of a copy at the other end, be that the recipient's HISP or one that would send it for us. */
export interface Arrival {
  /** What was done to it there, as one line that ends with what it had in it. */
  readonly opened: string;
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Why it stays without an answer. */
  readonly refusedFor: readonly string[];
  /** What is not as it should be, and is let pass. */
  readonly notes: readonly string[];
}

/** A copy is known there by the Message-ID of its intent. @returns undefined when nothing of it could be opened */
export function arrivalOf(
  copy: View,
  { partner, edge }: Pick<LocalSystem, 'partner' | 'edge'>,
): Arrival | undefined {
  const ids = copy.timeline.flatMap(({ messageId }) => messageId ?? []);
  const isOfCopy = (messageId = ''): boolean =>
    ids.some((id) => messageId.includes(id) || messageIdOfUri(messageId) === id);
  const received = partner.received.findLast(({ opened }) => isOfCopy(opened?.messageId));
  if (received) return atPartner(received);
  const handed = edge.received.findLast((each) => isOfCopy(each.copy?.messageId));
  return handed && atHisp(handed);
}

function atPartner({ opened, refusedFor, problems }: ReceivedMessage): Arrival {
  const reasons = refusedFor.map(({ reason }) => reason);
  return {
    opened: 'The partner decrypted it, verified the signature, and found in the zip:',
    files: opened?.xdm?.entries ?? [],
    refusedFor: reasons,
    notes: problems.filter((problem) => !reasons.includes(problem)),
  };
}

const atHisp = ({ by, copy, refusedFor }: HandedOver): Arrival => ({
  opened:
    by === 'smtp'
      ? 'The other HISP got it in clear, within TLS, and found in the zip:'
      : 'The other HISP got it by XDR, and found the documents:',
  files: copy?.files ?? [],
  refusedFor,
  notes: copy?.notes ?? [],
});
