import type { Posted } from '../../../shared/report/delivery/posted.ts';
import type { WebhookMessage, WebhookPost } from '../../../shared/report/webhook/post.ts';

export interface MemoryReceivers extends WebhookPost {
  /** Everything that was posted to an open host, in its order. */
  readonly told: readonly WebhookMessage[];
  /** What every host answers from now on; or a program that says it for each message. */
  readonly answer: (posted: Posted | ((message: WebhookMessage) => Posted)) => void;
  /** From now on the host leads inside. */
  readonly closeTo: (host: string) => void;
}

export const answered = (status: number, retryAfter?: string): Posted => ({
  kind: 'answered',
  status,
  ...(retryAfter !== undefined && { retryAfter }),
});

const takesAll = (): Posted => answered(204);

/** Receivers of webhooks in memory: every host is there, and takes what it is told unless told otherwise. */
export function memoryReceivers(): MemoryReceivers {
  const told: WebhookMessage[] = [];
  const closed = new Set<string>();
  let answer: (message: WebhookMessage) => Posted = takesAll;
  const isOpen = (text: string): boolean => {
    const url = URL.parse(text);
    const isOurs = url && /^https?:$/.test(url.protocol) && url.username + url.password === '';
    return isOurs === true && !closed.has(url?.hostname ?? '');
  };
  return {
    told,
    answer: (posted) => void (answer = typeof posted === 'function' ? posted : () => posted),
    closeTo: (host) => void closed.add(host),
    isOpen: async (url) => isOpen(url),
    async post(message) {
      if (!isOpen(message.url)) return { kind: 'failed', fault: 'blocked' };
      told.push(message);
      return answer(message);
    },
  };
}
