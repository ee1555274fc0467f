import type { Answer } from '../api/problem.ts';
import type { ConsentText, ConsentView } from '../api/views.ts';
import type { Session } from '../element/session.ts';
import { isGenuine } from './genuine.ts';
import type { TermsOfToday } from './standing.ts';

/** The text that is to be shown now; none that is not the published one. */
async function readText(
  { call, language, words }: Session,
  signal: AbortSignal,
): Promise<Answer<ConsentText>> {
  const answer = await call<ConsentText>(`GET /v1/consent-texts/${language}`, { signal });
  if (!answer.ok || (await isGenuine(answer.body))) return answer;
  const sentence = words.trouble.unexpected;
  return { ok: false, problem: { code: 'portal/unexpected', sentence, canTryAgain: true } };
}

export async function readTerms(
  session: Session,
  signal: AbortSignal,
): Promise<Answer<TermsOfToday>> {
  const { call, there } = session;
  const [text, answers] = await Promise.all([
    readText(session, signal),
    call<{ readonly consents: readonly ConsentView[] }>(`GET ${there}/consents?limit=1`, {
      signal,
    }),
  ]);
  if (!text.ok) return text;
  if (!answers.ok) return answers;
  return { ok: true, body: { text: text.body, last: answers.body.consents[0] } };
}
