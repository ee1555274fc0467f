import { newProof, type Proof } from './proof.ts';
import { done, failed, type Tried } from './tried.ts';
import type { Visit } from './visit.ts';

/** What the sign-in service answered, as it is handed from the window that it came to, to the page that asked. */
type Handed = Extract<Visit, { kind: 'answered' | 'refused' }>;

/** Heard by pages of this origin only. */
const CHANNEL = 'share-with-direct sign-in';

export interface Answered {
  readonly code: string;
  readonly proof: Proof;
}

/**
 * Has somebody sign in, in a window of its own, so that the page stays as it is. It has to be called while a press of a
 * button counts, or the browser opens none. The two windows know nothing of each other: what is answered is told to every
 * page of this origin, and heeded by the one that knows its `state`; only that one has what the code takes besides.
 */
export function askInWindow(
  urlFor: (proof: Proof) => Promise<string>,
  cancelled: AbortSignal,
): Promise<Tried<Answered>> {
  const opened = window.open('', '', 'popup,width=520,height=760');
  if (!opened) return Promise.resolve(failed('blocked'));
  opened.opener = null;
  const proof = newProof(true);
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise<Tried<Answered>>((resolve, reject) => {
    channel.addEventListener('message', ({ data }: MessageEvent<Handed>) => {
      if (data.state !== proof.state) return;
      resolve(data.kind === 'answered' ? done({ code: data.code, proof }) : failed(why(data)));
    });
    cancelled.addEventListener('abort', () => resolve(failed('denied')));
    urlFor(proof).then((url) => opened.location.replace(url), reject);
  }).finally(() => channel.close());
}

/** In the window: hands the answer on, and closes. */
export function handOver(answer: Handed): void {
  const channel = new BroadcastChannel(CHANNEL);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of this origin alone
  channel.postMessage(answer);
  channel.close();
  window.close();
}

/** What the service says of itself is not shown: anybody could have written it into the address. */
export const why = ({ error }: { readonly error: string }): 'denied' | 'unreachable' =>
  error === 'access_denied' ? 'denied' : 'unreachable';
