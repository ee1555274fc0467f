import type { WebhookPost } from '../report/webhook/post.ts';
import { exchange, failed } from './outbound/exchange.ts';
import { guardedAddress, type GuardOptions } from './outbound/guard.ts';
import { readTarget, type Target } from './outbound/target.ts';
import { parseResolvers } from './resolvers.ts';

export interface WebhookPostOptions extends GuardOptions {
  /** From the first packet to the end of TLS. @default 5000 */
  readonly connectMs?: number;
  /** For everything about one message. @default 15000 */
  readonly deadlineMs?: number;
  /** PEM certificates of authorities to believe instead of those that Node believes. */
  readonly authorities?: readonly string[];
}

/** Whoever asks for a webhook waits for the answer. */
const LOOK_UP_MS = 5000;

/**
 * Posting to hosts that the data holder named: https only, but where this machine is open as well, and each time
 * through the guard. Of the answer nothing is read but its head.
 *
 * @throws Error when the resolvers cannot be read, which is a wrong setting
 */
export function webhookPost(options: WebhookPostOptions): WebhookPost {
  parseResolvers(options.resolvers ?? 'system');
  const { loopback, connectMs = 5000, deadlineMs = 15_000, authorities } = options;

  const targetOf = (url: string): Target | undefined => {
    const target = readTarget(url);
    return target?.secure || loopback ? target : undefined;
  };
  const guarded = (target: Target, within: AbortSignal) =>
    guardedAddress(target.url.hostname, target.port, { ...options, within });

  return {
    async post({ url, headers, body }) {
      const within = AbortSignal.timeout(deadlineMs);
      const target = targetOf(url);
      if (!target) return failed('blocked');
      const address = await guarded(target, within);
      if (address.kind !== 'allowed') return failed(within.aborted ? 'too-slow' : address.kind);
      const told = { method: 'POST', headers, body: Buffer.from(body) } as const;
      const connecting = { within, connectMs, ...(authorities && { authorities }) };
      return exchange(target, address, told, connecting, (response, finish) => {
        const { statusCode: status = 0, headers: answered } = response;
        const retryAfter = answered['retry-after'];
        finish({ kind: 'answered', status, ...(retryAfter !== undefined && { retryAfter }) });
      });
    },

    async isOpen(url) {
      const target = targetOf(url);
      if (!target) return false;
      const address = await guarded(target, AbortSignal.timeout(LOOK_UP_MS));
      return address.kind !== 'blocked';
    },
  };
}
