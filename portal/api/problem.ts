/** Why a call did not do what it was for; the sentence is for whoever is at the screen, in their language. */
export interface Problem {
  /** Of the API, or one of ours: `portal/unreachable`, `portal/signed-out`, `portal/unexpected`. */
  readonly code: string;
  readonly sentence: string;
  /** Whether the same may do better a little later. */
  readonly canTryAgain: boolean;
  readonly retryAfterSeconds?: number;
  /** Members of the body that were wrong, as RFC 6901 points at them. */
  readonly pointers?: readonly string[] | undefined;
}

export type Answer<Body> =
  { readonly ok: true; readonly body: Body } | { readonly ok: false; readonly problem: Problem };

/** What a problem document of the API has, RFC 9457, as far as it is read here. */
interface Document {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer: string }[];
}

/** What an answer that is no success says; without a document of ours, the gateway gave it. */
export function problemOf(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  document: Document,
  fallback: string,
): Problem {
  const after = Number(headers.get('retry-after') ?? Number.NaN);
  return {
    code: document.code ?? 'portal/unexpected',
    sentence: document.detail ?? fallback,
    canTryAgain: document.code === 'edge/key-in-progress' || status === 429 || status >= 500,
    ...(Number.isFinite(after) && { retryAfterSeconds: after }),
    pointers: document.errors?.map(({ pointer }) => pointer),
  };
}
