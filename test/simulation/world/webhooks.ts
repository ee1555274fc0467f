import type { WebhookPost } from '../../../shared/report/webhook/post.ts';
import type { Chance } from '../kernel/chance.ts';
import type { Witness } from './witness.ts';

/** A listener that has its bad moments: some messages it never gets, and of some its answer is lost. */
export const webhooks = (chance: Chance, faults: number, witness: Witness): WebhookPost => ({
  isOpen: async () => true,
  async post({ body }) {
    if (chance.happens(faults)) return { kind: 'failed', fault: 'unreachable' };
    witness.heard(body);
    if (chance.happens(faults)) return { kind: 'failed', fault: 'too-slow' };
    return { kind: 'answered', status: chance.happens(faults) ? 503 : 200 };
  },
});
