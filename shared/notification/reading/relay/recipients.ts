import type { RecipientTelling, SesEventType } from '../../reading.ts';
import { addressIn } from '../addresses.ts';
import { statusIn } from '../status-codes.ts';
import { codeOfBounce } from './bounce-codes.ts';
import type { RelayEvent } from './event-shape.ts';

/**
 * Whom an event is about, and what it says of them. Of events that list nobody and yet are about everybody, those to
 * whom the mail was addressed.
 *
 * @returns undefined when the event lacks what its type says of it
 */
export function recipientsOf(
  type: SesEventType | undefined,
  event: RelayEvent,
): readonly RecipientTelling[] | undefined {
  const { mail, bounce, complaint, delivery, deliveryDelay } = event;
  const everybody = (mail.destination ?? []).map((emailAddress) => ({ emailAddress }));
  switch (type) {
    case 'Bounce':
      return bounce?.bouncedRecipients.map((each) => told(each, saidBy(bounce, each)));
    case 'Reject':
      return everybody.map((each) =>
        told(each, { outcome: 'failed', code: 'deliver/bad-content' }),
      );
    case 'Delivery':
      return delivery?.recipients.map((each) =>
        told({ emailAddress: each }, { outcome: 'delivered' }),
      );
    case 'DeliveryDelay':
      return deliveryDelay?.delayedRecipients.map((each) => told(each, { outcome: 'delayed' }));
    case 'Complaint':
      return complaint?.complainedRecipients.map((each) => told(each, { outcome: 'none' }));
    case 'Send':
    case 'Rendering Failure':
      return everybody.map((each) => told(each, { outcome: 'none' }));
    case 'Open':
    case 'Click':
    case 'Subscription':
    case undefined:
      return [];
  }
}

/**
 * SES calls it a bounce, transient and general, when a mailbox answers by itself that its owner is away. What a server
 * gave up comes with what the server said.
 */
function saidBy(
  { bounceType, bounceSubType }: NonNullable<RelayEvent['bounce']>,
  { action, status }: Named,
): Pick<RecipientTelling, 'outcome' | 'code'> {
  const isGeneral = bounceType === 'Transient' && (bounceSubType ?? 'General') === 'General';
  const isAutoReply = isGeneral && (action ?? status ?? '') === '';
  return isAutoReply
    ? { outcome: 'none' }
    : { outcome: 'failed', code: codeOfBounce(bounceSubType) };
}

interface Named {
  readonly emailAddress: string;
  readonly action?: string | null | undefined;
  readonly status?: string | null | undefined;
}

function told(
  { emailAddress, action, status: said }: Named,
  outcome: Pick<RecipientTelling, 'outcome' | 'code'>,
): RecipientTelling {
  const address = addressIn(emailAddress);
  const status = statusIn(said ?? undefined);
  return {
    ...(address && { address }),
    final: false,
    ...(action === 'failed' && { action }),
    ...(status !== undefined && { status }),
    ...outcome,
  };
}
