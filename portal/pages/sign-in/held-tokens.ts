import type { TokenReason, TokenSource } from '../../share-with-direct.types.ts';
import { questionUrl, type Wish } from './question.ts';
import type { SignInService } from './sign-in-service.ts';
import { type Tokens, tokensAnew, tokensForCode } from './tokens.ts';
import { done, failed, type Tried, type Trouble } from './tried.ts';
import { askInWindow } from './window.ts';

export interface Holding {
  readonly service: SignInService;
  readonly redirectUri: string;
  readonly language: () => string;
  /** Somebody signs in again in a window, or, without a way to give that up, does so no more. */
  readonly onWindow: (cancel: (() => void) | undefined) => void;
  readonly onTrouble: (trouble: Trouble | undefined) => void;
}

/** The tokens of whoever is at the screen, in memory; gives the component one, and gets another when that one will not do. */
export function tokenSourceOf(first: Tokens, holding: Holding): TokenSource {
  let held = first;
  return async (reason) => {
    if (reason.kind === 'first') return held.access;
    holding.onTrouble(undefined);
    const anew = await renewed(held, reason, holding);
    if (!anew.ok) {
      holding.onTrouble(anew.trouble);
      throw new Error(anew.trouble);
    }
    held = anew.value;
    return held.access;
  };
}

async function renewed(
  held: Tokens,
  reason: TokenReason,
  holding: Holding,
): Promise<Tried<Tokens>> {
  if (reason.kind === 'expired' && held.refresh !== undefined) {
    const anew = await tokensAnew(holding.service, held);
    if (anew.ok || anew.trouble === 'unreachable') return samePerson(held, anew);
  }
  return samePerson(held, await signedInAgain(reason, holding));
}

async function signedInAgain(reason: TokenReason, holding: Holding): Promise<Tried<Tokens>> {
  const { service, redirectUri, language, onWindow } = holding;
  const wish: Wish = { language: language(), ...reason };
  const cancelling = new AbortController();
  const answer = askInWindow(
    (proof) => questionUrl(service, redirectUri, proof, wish),
    cancelling.signal,
  );
  onWindow(() => cancelling.abort());
  const answered = await answer.finally(() => onWindow(undefined));
  if (!answered.ok) return answered;
  const { code, proof } = answered.value;
  return tokensForCode(service, redirectUri, code, proof);
}

/** What was typed on the page is one person's, about one patient. */
export function samePerson(before: Tokens, anew: Tried<Tokens>): Tried<Tokens> {
  if (!anew.ok) return anew;
  const { subject, patients } = anew.value;
  const isSame =
    subject === before.subject &&
    (patients.length === 0 || before.patients.every((each) => patients.includes(each)));
  return isSame ? done({ ...anew.value, patients: before.patients }) : failed('other');
}
