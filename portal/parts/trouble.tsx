import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Problem } from '../api/problem.ts';
import { useSession } from '../element/session.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

export interface TroubleProps {
  readonly problem: Problem;
  /** Does the same again; without it nothing can be done here. */
  readonly onAgain?: () => void;
  /** @default true */
  readonly takesFocus?: boolean;
}

/** That something could not be done, why, and how to try again. It takes the focus, but for where somebody is typing. */
export const Trouble = ({ problem, onAgain, takesFocus = true }: TroubleProps): JSX.Element => {
  const { tell, words } = useSession();
  useEffect(() => tell('share-trouble', { code: problem.code }), [problem]);
  const isSignedOut = problem.code === 'portal/signed-out';
  return (
    <Notice kind="bad" takesFocus={takesFocus}>
      <p>{problem.sentence}</p>
      {onAgain && problem.canTryAgain && (
        <Button onPress={onAgain}>
          {isSignedOut ? words.trouble.signIn : words.trouble.again}
        </Button>
      )}
    </Notice>
  );
};
