import type { Words } from '../words/words.ts';
import { type Answer, type Problem, problemOf } from './problem.ts';
import { NoToken, reasonIn, type Token } from './token.ts';

interface CallOptions {
  readonly body?: object;
  /** Of one thing that is wanted: the same for every attempt at it, so that it happens once. */
  readonly key?: string;
  readonly ifMatch?: string;
  /** Gives up when it is aborted; what was sent may have been done. */
  readonly signal?: AbortSignal;
}

/** Calls the API; never throws for what the network or the API says. */
export type Call = <Body>(route: string, options?: CallOptions) => Promise<Answer<Body>>;

export interface Calling {
  readonly origin: string;
  readonly token: Token;
  readonly language: string;
  readonly words: Words['trouble'];
}

/** How long an answer is waited for, and the pauses after which the same call is made again. */
export interface Pace {
  readonly answerWithinMs: number;
  readonly pausesMs: readonly number[];
}

const PACE: Pace = { answerWithinMs: 20_000, pausesMs: [500, 2000] };

/** When the API says itself that it has to be left alone for longer, whoever is at the screen is told. */
const LONGEST_WAIT_SECONDS = 5;

/**
 * A caller of the API in the name of whoever is at the screen. What got no answer is tried twice more, where that is
 * harmless: reading is, and what has a key. A token that is refused is renewed once.
 */
export function callerOf(calling: Calling, pace = PACE): Call {
  return async <Body>(route: string, options: CallOptions = {}): Promise<Answer<Body>> => {
    const isHarmless = route.startsWith('GET ') || options.key !== undefined;
    for (let tried = 0; ; tried += 1) {
      const answer = await attempt<Body>({ ...calling, ...pace }, route, options);
      const usualMs = pace.pausesMs[tried];
      if (answer.ok || usualMs === undefined) return answer;
      const pauseMs = pauseAfter(answer.problem, isHarmless, usualMs);
      if (pauseMs === undefined) return answer;
      await new Promise((wake) => setTimeout(wake, pauseMs));
    }
  };
}

/** Without one, the same call is not made again. What was too many was not done, whatever it was. */
function pauseAfter(
  { code, retryAfterSeconds = Infinity }: Problem,
  isHarmless: boolean,
  usualMs: number,
): number | undefined {
  if (code === 'edge/too-many-requests' && retryAfterSeconds <= LONGEST_WAIT_SECONDS) {
    return retryAfterSeconds * 1000;
  }
  const mayPass = code === 'portal/unreachable' || code === 'edge/key-in-progress';
  return isHarmless && mayPass ? usualMs : undefined;
}

type Attempting = Calling & Pace;

async function attempt<Body>(
  calling: Attempting,
  route: string,
  options: CallOptions,
): Promise<Answer<Body>> {
  const { token, words } = calling;
  try {
    // Nobody is asked for a token by a call that was given up.
    options.signal?.throwIfAborted();
    let bearer = await token.get();
    let response = await send(calling, route, options, bearer);
    if (response.status === 401) {
      const challenge = response.headers.get('www-authenticate') ?? '';
      bearer = await token.renew(bearer, reasonIn(challenge));
      response = await send(calling, route, options, bearer);
    }
    // Also after a new token: the sign-in itself is over.
    if (response.status === 401) return trouble('portal/signed-out', words.signedOut);
    return await read<Body>(response, words);
  } catch (error) {
    return error instanceof NoToken
      ? trouble('portal/signed-out', words.signedOut)
      : trouble('portal/unreachable', words.unreachable);
  }
}

const trouble = (code: string, sentence: string): Answer<never> => ({
  ok: false,
  problem: { code, sentence, canTryAgain: true },
});

function send(
  { origin, language, answerWithinMs }: Attempting,
  route: string,
  { body, key, ifMatch, signal }: CallOptions,
  bearer: string,
): Promise<Response> {
  const [method = 'GET', path = ''] = route.split(' ');
  const late = AbortSignal.timeout(answerWithinMs);
  return fetch(`${origin}${path}`, {
    method,
    cache: 'no-store',
    credentials: 'omit',
    signal: signal ? AbortSignal.any([signal, late]) : late,
    headers: {
      Authorization: `Bearer ${bearer}`,
      'Accept-Language': language,
      ...(body && { 'Content-Type': 'application/json' }),
      ...(key !== undefined && { 'Idempotency-Key': key }),
      ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function read<Body>(response: Response, words: Words['trouble']): Promise<Answer<Body>> {
  const body = documentIn(await response.text());
  if (!response.ok) {
    return { ok: false, problem: problemOf(response, body ?? {}, words.unexpected) };
  }
  // Whoever stands between may answer in place of the API, with a page of its own.
  if (!body) return trouble('portal/unexpected', words.unexpected);
  return { ok: true, body: body as Body };
}

/** Undefined for what is no document of the API: a gateway on the way may say anything. */
function documentIn(text: string): object | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}
