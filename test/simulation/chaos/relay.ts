import { setTimeout as sleep } from 'node:timers/promises';
import {
  SmtpReply,
  startInboundSmtp,
  type InboundSmtp,
} from '../../../infra/local/world/inbound-smtp.ts';
import { smtpRelay } from '../../../shared/adapters/smtp-relay.ts';
import type { Envelope } from '../../../shared/deliver/relay.ts';
import { address } from '../../support/memory/partner.ts';
import type { Chance } from '../kernel/chance.ts';

export interface ChaoticRelay extends InboundSmtp {
  /** From now on what it takes goes on to there: host:port. */
  connect(partner: string): void;
  /** From now on it takes everything and says so. */
  calm(): void;
}

/** A mail relay on loopback: it takes most, turns some away, and hangs up on some, whether it has the message or not. */
export async function startChaoticRelay(
  chance: Chance,
  left: (envelope: Envelope) => void,
): Promise<ChaoticRelay> {
  let partner: string | undefined;
  let isCalm = false;
  const moods = { takes: 14, defers: 1, 'hangs-up': 1, 'takes-and-hangs-up': 2, refuses: 0.3 };

  const server = await startInboundSmtp({
    accept: () => true,
    async deliver(bytes, [to = ''], from) {
      const mood = isCalm ? 'takes' : chance.weighted(moods);
      if (mood === 'defers') throw new SmtpReply(451, 'Not now');
      if (mood === 'refuses') throw new SmtpReply(554, 'Not at all');
      if (mood === 'hangs-up') throw new SmtpReply('hang-up', '');
      const envelope = { from: address(from), to: address(to), bytes };
      left(envelope);
      if (partner !== undefined) void passOn(partner, envelope);
      // So that a worker may die while it waits for the answer.
      await sleep(isCalm ? 0 : chance.between(0, 300));
      if (mood === 'takes-and-hangs-up') throw new SmtpReply('hang-up', '');
    },
  });
  return {
    ...server,
    connect: (to) => {
      partner = to;
    },
    calm: () => {
      isCalm = true;
    },
  };
}

/** What the partner does not take is lost to it, as it may be. */
const passOn = (partner: string, envelope: Envelope): Promise<unknown> =>
  smtpRelay(`smtp://${partner}`, { keptConnections: 0 })
    .submit(envelope)
    .catch(() => undefined);
