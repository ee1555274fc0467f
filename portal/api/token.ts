import type { TokenReason, TokenSource } from '../share-with-direct.types.ts';

/** That the host page has no token to give. */
export class NoToken extends Error {}

/** The token of whoever is at the screen: kept until the API refuses it, and asked for once however many calls wait for it. */
export class Token {
  readonly #source: () => TokenSource | undefined;
  #asked: Promise<string> | undefined;
  #hadOne = false;

  constructor(source: () => TokenSource | undefined) {
    this.#source = source;
  }

  /** @throws NoToken when the host page has none to give */
  get(reason: TokenReason = { kind: this.#hadOne ? 'expired' : 'first' }): Promise<string> {
    this.#asked ??= this.#ask(reason);
    return this.#asked;
  }

  /** The token that was refused is given up; one that was asked for since is kept. */
  async renew(refused: string, reason: TokenReason): Promise<string> {
    const asked = this.#asked;
    const known = await asked;
    // Others whose calls were refused may have waited too, and asked meanwhile.
    if (known === refused && this.#asked === asked) this.#asked = undefined;
    return this.get(reason);
  }

  /** Forgets what the last source gave: it may have been somebody else's. */
  forget(): void {
    this.#asked = undefined;
    this.#hadOne = false;
  }

  #ask(reason: TokenReason): Promise<string> {
    const asked = this.#answer(reason);
    // The next call asks again, unless another was asked meanwhile.
    asked.catch(() => {
      if (this.#asked === asked) this.#asked = undefined;
    });
    return asked;
  }

  async #answer(reason: TokenReason): Promise<string> {
    try {
      const source = this.#source();
      if (!source) throw new Error('share-with-direct: set its property `token` first');
      const token = await source(reason);
      this.#hadOne = true;
      return token;
    } catch (cause) {
      throw new NoToken('The page gives no token', { cause });
    }
  }
}

/** What a refusal for want of a better token asks for: RFC 6750 3 and RFC 9470 3. */
export function reasonIn(challenge: string): TokenReason {
  if (!challenge.includes('insufficient_user_authentication')) return { kind: 'expired' };
  const acrValues = /acr_values="([^"]*)"/.exec(challenge)?.[1];
  const maxAge = /max_age="?(\d+)/.exec(challenge)?.[1];
  return {
    kind: 'step-up',
    ...(acrValues !== undefined && { acrValues }),
    ...(maxAge !== undefined && { maxAgeSeconds: Number(maxAge) }),
  };
}
