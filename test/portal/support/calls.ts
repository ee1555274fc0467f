import { afterEach } from '@jest/globals';
import { type Call, callerOf, type Pace } from '../../../portal/api/client.ts';
import { Token } from '../../../portal/api/token.ts';
import type { TokenReason, TokenSource } from '../../../portal/share-with-direct.types.ts';
import { wordsIn } from '../../../portal/words/words.ts';
import { type ApiServer, apiServer } from './api-server.ts';

export const WORDS = wordsIn('en').trouble;

/** The pauses of the screens are seconds. */
const QUICK: Pace = { answerWithinMs: 5000, pausesMs: [1, 1] };

const open: ApiServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

export interface Client {
  readonly server: ApiServer;
  readonly call: Call;
  /** Why the page was asked for a token, each time. */
  readonly asked: readonly TokenReason[];
}

/** A caller of an API that answers so; the page's tokens are `token-1`, `token-2`, … unless it is said otherwise. */
export async function client(
  answer: Parameters<typeof apiServer>[0],
  {
    token,
    pace = QUICK,
    language = 'en',
  }: { readonly token?: TokenSource; readonly pace?: Pace; readonly language?: string } = {},
): Promise<Client> {
  const server = await apiServer(answer);
  open.push(server);
  const asked: TokenReason[] = [];
  const source: TokenSource = (reason) => {
    asked.push(reason);
    return token ? token(reason) : Promise.resolve(`token-${asked.length}`);
  };
  const calling = { origin: server.origin, token: new Token(() => source), language, words: WORDS };
  return { server, call: callerOf(calling, pace), asked };
}
