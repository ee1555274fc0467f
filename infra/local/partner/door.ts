import { SmtpReply } from '../world/inbound-smtp.ts';
import type { Behaviour } from './behaviour.ts';

/** @throws SmtpReply for a mailbox that takes nothing, or nothing now */
export function refuseAs({ door }: Behaviour): void {
  if (door === 'refuse') throw new SmtpReply(550, 'This mailbox takes nothing');
  if (door === 'busy') throw new SmtpReply(451, 'Come back later');
}
