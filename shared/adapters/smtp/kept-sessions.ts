import type { SmtpSession } from './smtp-session.ts';

export interface KeepLimits {
  /** Connections that are kept at a time; none with 0. */
  readonly most: number;
  /** Messages over one connection. */
  readonly mostMessages: number;
  readonly idleSeconds: number;
  /** What a kept connection may take to say that it lives. */
  readonly answersWithinMs: number;
}

interface Kept {
  readonly session: SmtpSession;
  readonly sinceMs: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * Connections that a relay may use again, the one used last first. A process that was frozen hears late, or never, that
 * one is gone: so each is asked before it is used.
 */
export class KeptSessions {
  readonly #limits: KeepLimits;
  readonly #kept: Kept[] = [];

  constructor(limits: KeepLimits) {
    this.#limits = limits;
  }

  /** One that answers. When the youngest does not, the others are given up with it. */
  async take(signal: AbortSignal): Promise<SmtpSession | undefined> {
    const kept = this.#kept.at(-1);
    if (!kept) return undefined;
    this.#forget(kept);
    const { session, sinceMs } = kept;
    session.wake();
    const isFresh = Date.now() - sinceMs < this.#limits.idleSeconds * 1000;
    const probe = AbortSignal.any([signal, AbortSignal.timeout(this.#limits.answersWithinMs)]);
    if (isFresh && (await session.answers(probe))) return session;
    session.drop();
    for (const other of this.#kept.splice(0)) this.#giveUp(other);
    return undefined;
  }

  /** After a message was taken over it. */
  keep(session: SmtpSession): void {
    const { most, mostMessages, idleSeconds } = this.#limits;
    if (!session.isLive || session.messages >= mostMessages || this.#kept.length >= most) {
      session.quit();
      return;
    }
    const kept: Kept = {
      session,
      sinceMs: Date.now(),
      timer: setTimeout(() => this.#giveUp(kept), idleSeconds * 1000).unref(),
    };
    this.#kept.push(kept);
    session.rest();
    session.whenGone = () => this.#forget(kept);
  }

  #giveUp(kept: Kept): void {
    this.#forget(kept);
    kept.session.quit();
  }

  #forget(kept: Kept): void {
    clearTimeout(kept.timer);
    const index = this.#kept.indexOf(kept);
    if (index >= 0) this.#kept.splice(index, 1);
  }
}
