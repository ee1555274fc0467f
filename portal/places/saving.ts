import { useState } from 'preact/hooks';
import { type Attempt, useAttempt } from '../api/attempt.ts';
import type { Call } from '../api/client.ts';
import type { Answer } from '../api/problem.ts';
import type { Leaving, Request } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { isToAgree } from '../terms/answers.ts';
import { changeBy, type Draft, rebased } from './draft.ts';
import { type Said, saidOf } from './said.ts';

/** A request as it stands, and by what the API knows whether it still does. */
export interface Version {
  readonly request: Request;
  readonly etag: string;
}

/** How it was agreed that more is asked for. */
export interface Agreed {
  readonly consentId: string;
  /** Empty where a provider says how the patient agreed. */
  readonly signature: string;
}

export interface SavingProps {
  readonly version: Version;
  readonly agreed?: Agreed | undefined;
  /** More is asked for than was agreed to. */
  readonly onTerms: (draft: Draft) => void;
  readonly onDone: (said?: Said) => void;
}

export async function readVersion(
  call: Call,
  path: string,
  signal?: AbortSignal,
): Promise<Answer<Version>> {
  const answer = await call<Request>(`GET ${path}`, signal && { signal });
  if (!answer.ok) return answer;
  return { ok: true, body: { request: answer.body, etag: answer.etag ?? '' } };
}

type Saved = Request & { readonly inFlight: readonly Leaving[] };

/**
 * Saves what was changed of a request. When somebody else changed it meanwhile, it is read again.
 *
 * @param onNewer gets what was typed, laid over the request as it is now
 */
export function useSaving(
  { version, agreed, onTerms, onDone }: SavingProps,
  draft: Draft,
  onNewer: (draft: Draft) => void,
): Attempt {
  const { call, tell, there, words } = useSession();
  const [{ request, etag: ifMatch }, setVersion] = useState(version);
  const path = `${there}/transmit-requests/${request.id}`;
  const change = changeBy(draft, request);
  const readAgain = async (problem: string): Promise<Answer<Saved>> => {
    const read = await readVersion(call, path);
    if (!read.ok) return read;
    const now = read.body.request;
    const next = rebased(draft, request, now);
    setVersion(read.body);
    onNewer(next);
    // An attempt whose answer was lost may have done it.
    return isNothing(changeBy(next, now))
      ? unchanged(now)
      : {
          ok: false,
          problem: { code: problem, sentence: words.places.meanwhile, canTryAgain: false },
        };
  };
  return useAttempt(
    JSON.stringify([ifMatch, change]),
    async (key) => {
      if (isNothing(change)) return unchanged(request);
      const body = { ...change, ...evidenceOf(agreed) };
      const answer = await call<Saved>(`PATCH ${path}`, { body, ifMatch, key });
      if (answer.ok) return answer;
      const { code } = answer.problem;
      if (isToAgree(answer.problem)) onTerms(draft);
      return code === 'edge/precondition-failed' ? readAgain(code) : answer;
    },
    ({ id, inFlight }) => {
      tell('share-changed', { requestId: id });
      onDone(saidOf(words.places.saved, inFlight, words.places));
    },
  );
}

const evidenceOf = (agreed: Agreed | undefined): object | undefined =>
  agreed && { consentId: agreed.consentId, signatureName: agreed.signature || undefined };

const isNothing = (change: object): boolean => Object.keys(change).length === 0;

const unchanged = (request: Request): Answer<Saved> => ({
  ok: true,
  body: { ...request, inFlight: [] },
});
