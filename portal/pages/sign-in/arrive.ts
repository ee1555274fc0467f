import type { Language } from '../../words/words.ts';
import { isInWindow, keepProof, newProof, takeProof } from './proof.ts';
import { questionUrl, type Wish } from './question.ts';
import { isKnown, readService, type SignInService } from './sign-in-service.ts';
import { type Tokens, tokensForCode } from './tokens.ts';
import type { Trouble } from './tried.ts';
import type { Visit } from './visit.ts';
import { handOver, why } from './window.ts';

/** The pages that sign people in; nobody is sent anywhere else of ours. */
export type PageName = 'share' | 'provider';

/** How far a page is. */
export type Arrival =
  | { readonly name: 'under-way' }
  /** In a window that another page opened. */
  | { readonly name: 'handed-over' }
  | { readonly name: 'trouble'; readonly trouble: Trouble }
  | { readonly name: 'signed-in'; readonly service: SignInService; readonly tokens: Tokens };

export const redirectUriOf = (page: PageName): string => `${location.origin}/${page}`;

const stuck = (trouble: Trouble): Arrival => ({ name: 'trouble', trouble });

/** Does what a page was opened for: brings to the sign-in, or takes what comes back from it. */
export async function arrive(page: PageName, visit: Visit, language: Language): Promise<Arrival> {
  switch (visit.kind) {
    case 'strange':
      return stuck('strange');
    case 'fresh':
      return leave(page, { language });
    case 'launched':
      return leave(page, { language, launched: visit });
    case 'answered':
    case 'refused':
      if (!isInWindow(visit.state)) return takeAnswer(page, visit);
      handOver(visit);
      return { name: 'handed-over' };
  }
}

/** To the sign-in, and not back to here by the browser's own button. */
export async function leave(page: PageName, wish: Wish): Promise<Arrival> {
  const service = await readService();
  if (!service.ok) return stuck(service.trouble);
  if (wish.launched && !isKnown(wish.launched.iss, service.value)) return stuck('launch');
  const proof = newProof();
  keepProof(proof, sessionStorage);
  location.replace(await questionUrl(service.value, redirectUriOf(page), proof, wish));
  return { name: 'under-way' };
}

/** Only what this window asked for: else somebody could be signed in as somebody else without knowing. */
async function takeAnswer(
  page: PageName,
  answer: Extract<Visit, { kind: 'answered' | 'refused' }>,
): Promise<Arrival> {
  const proof = takeProof(answer.state, sessionStorage);
  if (!proof) return stuck('strange');
  if (answer.kind === 'refused') return stuck(why(answer));
  const service = await readService();
  if (!service.ok) return stuck(service.trouble);
  const tokens = await tokensForCode(service.value, redirectUriOf(page), answer.code, proof);
  if (!tokens.ok) return stuck(tokens.trouble);
  return tokens.value.patients.length === 0
    ? stuck('nobody')
    : { name: 'signed-in', service: service.value, tokens: tokens.value };
}
