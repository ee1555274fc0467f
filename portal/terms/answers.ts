import { type Attempt, useAttempt } from '../api/attempt.ts';
import type { Problem } from '../api/problem.ts';
import type { ConsentText, RecordedConsent } from '../api/views.ts';
import { useSession } from '../element/session.ts';

export interface Answering {
  readonly text: ConsentText;
  readonly onAgreed: (consentId: string, signature: string) => void;
  readonly onDeclined: (running: number) => void;
  /** The API says that there is another text by now, or that it says something else. */
  readonly onOutdated: () => void;
}

export interface Answers extends Pick<Attempt, 'isBusy' | 'problem'> {
  readonly agree: () => void;
  readonly decline: () => void;
  /** Of the answer that failed. */
  readonly again: () => void;
}

/**
 * The yes and the no to a text: while one is on its way, neither is begun.
 *
 * @param onNameless instead of a yes that nobody signed
 */
export function useAnswers(
  answering: Answering,
  signatureName: string | undefined,
  onNameless: () => void,
): Answers {
  const yes = useAnswer('accepted', answering, { signatureName });
  const no = useAnswer('rejected', answering, {});
  const isBusy = yes.isBusy || no.isBusy;
  const begin = (one: Attempt, other: Attempt) => (): void => {
    if (isBusy) return;
    other.forget();
    one.go();
  };
  const agree = signatureName === undefined ? onNameless : begin(yes, no);
  const decline = begin(no, yes);
  const problem = yes.problem ?? no.problem;
  return { isBusy, problem, agree, decline, again: yes.problem ? agree : decline };
}

/**
 * Puts an answer to a text on record, once.
 *
 * @param evidence who signed it, or how a provider knows of it
 */
export function useAnswer(
  decision: 'accepted' | 'rejected',
  { text: { language, version, sha256 }, onAgreed, onDeclined, onOutdated }: Answering,
  evidence: { readonly signatureName?: string | undefined; readonly onBehalf?: object | undefined },
): Attempt {
  const { call, tell, there } = useSession();
  const body = { decision, text: { language, version, sha256 }, ...evidence };
  const attempt = useAttempt<RecordedConsent>(
    JSON.stringify(body),
    async (key) => {
      const answer = await call<RecordedConsent>(`POST ${there}/consents`, { body, key });
      if (!answer.ok && isOutdated(answer.problem)) onOutdated();
      return answer;
    },
    ({ id, runningRequests }) => {
      tell('share-answered', { decision, consentId: id });
      if (decision === 'rejected') onDeclined(runningRequests?.length ?? 0);
      else onAgreed(id, evidence.signatureName ?? '');
    },
  );
  const { problem } = attempt;
  // The other text says it already.
  return { ...attempt, problem: problem && isOutdated(problem) ? undefined : problem };
}

const isOutdated = ({ code }: Problem): boolean =>
  /^consent\/(outdated-text|text-mismatch)$/.test(code);

/** That the terms are the remedy. */
export const isToAgree = ({ code }: Problem): boolean =>
  /^consent\/(renew|not-accepted|unknown|basis-missing)$/.test(code);
