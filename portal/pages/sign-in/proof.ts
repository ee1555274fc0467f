/** What shows that an answer is to a question of ours, and that whoever brings it asked: `state`, and PKCE (RFC 7636). */
export interface Proof {
  readonly state: string;
  readonly verifier: string;
}

/** Of a sign-in in a window of its own: the page that asked waits elsewhere. */
const IN_WINDOW = 'window.';

export const newProof = (isInWindow = false): Proof => ({
  state: `${isInWindow ? IN_WINDOW : ''}${chance()}`,
  verifier: chance(),
});

export const isInWindow = (state: string): boolean => state.startsWith(IN_WINDOW);

/** The S256 challenge. */
export const challengeOf = async ({ verifier }: Proof): Promise<string> =>
  base64url(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))),
  );

/** 256 bits, in 43 signs. */
const chance = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const KEPT = 'sign-in';

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export const keepProof = (proof: Proof, kept: Kept): void =>
  kept.setItem(KEPT, JSON.stringify(proof));

/** The proof of the question that this is the answer to, once: what was kept is forgotten in any case. */
export function takeProof(state: string, kept: Kept): Proof | undefined {
  const text = kept.getItem(KEPT);
  kept.removeItem(KEPT);
  if (text === null) return undefined;
  const proof = JSON.parse(text) as Proof;
  return proof.state === state ? proof : undefined;
}
