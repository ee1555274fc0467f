import { type Attempt, useAttempt } from '../api/attempt.ts';
import type { Answer } from '../api/problem.ts';
import type { Leaving, Request } from '../api/views.ts';
import { type WantedFrequency, wantedOf } from '../choose/wanted-frequency.ts';
import { useSession } from '../element/session.ts';
import { isToAgree } from '../terms/answers.ts';
import { hasTerms, openAddresses, termsOf } from './draft.ts';

/** How it was agreed that more is asked for. */
export interface Agreed {
  readonly consentId: string;
  /** Empty where a provider says how the patient agreed. */
  readonly signature: string;
}

/** What a request is to be, and what becomes of asking for that. */
export interface Saving {
  readonly request: Request;
  readonly wanted: WantedFrequency;
  readonly addresses: readonly string[];
  readonly agreed: Agreed | undefined;
  readonly onSaved: (inFlight: readonly Leaving[]) => void;
  /** More is asked for than was agreed to. */
  readonly onTerms: () => void;
  /** Somebody else changed it meanwhile: nothing was saved. */
  readonly onNewer: (now: Request) => void;
}

/** Saves all that the fields say of a request, unless somebody else changed it since it was read. */
export function useSaving(saving: Saving): Attempt {
  const { request, wanted, addresses, agreed } = saving;
  const { call, tell, there, words } = useSession();
  const path = `${there}/transmit-requests/${request.id}`;
  const terms = termsOf(wanted, addresses);
  const body = {
    ...terms,
    consentId: agreed?.consentId,
    signatureName: agreed?.signature || undefined,
  };
  const save = async (key: string, { version }: Request): Promise<Answer<Saved>> => {
    // The entity tag of a request is its version.
    const ifMatch = `"${version}"`;
    const answer = await call<Saved>(`PATCH ${path}`, { body, ifMatch, key });
    if (answer.ok) return answer;
    const { code } = answer.problem;
    if (isToAgree(answer.problem)) saving.onTerms();
    if (code !== 'edge/precondition-failed') return answer;
    const now = await call<Request>(`GET ${path}`);
    // An attempt whose answer was lost may have done it.
    if (!now.ok || hasTerms(now.body, terms)) return now;
    const before = termsOf(wantedOf(request), openAddresses(request));
    // It was sent or paused meanwhile, and is wanted as before.
    if (now.body.version > version && hasTerms(now.body, before)) return save(key, now.body);
    saving.onNewer(now.body);
    const sentence = words.places.meanwhile;
    return { ok: false, problem: { code, sentence, canTryAgain: false } };
  };
  return useAttempt(
    JSON.stringify([request.version, body]),
    (key) => save(key, request),
    ({ id, inFlight = [] }) => {
      tell('share-changed', { requestId: id });
      saving.onSaved(inFlight);
    },
  );
}

type Saved = Request & { readonly inFlight?: readonly Leaving[] };
