import { type Attempt, useAttempt } from '../api/attempt.ts';
import type { Answer } from '../api/problem.ts';
import type { Leaving, Request } from '../api/views.ts';
import { useSession } from '../element/session.ts';

/** What is said of it afterwards, as far as it is told on. */
export interface Posted {
  readonly status?: Request['status'];
  readonly inFlight?: readonly Leaving[];
}

/**
 * Something that is done to requests, once however often it is pressed.
 *
 * @param path below those of the patient
 */
export function usePost(path: string, body: object, done: (posted: Posted) => void): Attempt {
  const { call, there } = useSession();
  return useAttempt(
    path + JSON.stringify(body),
    async (key): Promise<Answer<Posted>> => {
      const route = `POST ${there}/transmit-requests/${path}`;
      const answer = await call<Posted>(route, { body, key });
      // What was to go on goes on already: perhaps by an attempt whose answer was lost.
      const isDone = !answer.ok && answer.problem.code === 'transmit-request/not-paused';
      return isDone ? { ok: true, body: {} } : answer;
    },
    done,
  );
}
