import type { JSX } from 'preact';
import type { Copy } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { adviceOn } from './advice.ts';

/** How a copy stands, and where it did not arrive, why and what to do. */
export const CopyStatus = ({
  copy: { status, code, sentence },
}: {
  readonly copy: Pick<Copy, 'status' | 'code' | 'sentence'>;
}): JSX.Element => {
  const { words } = useSession();
  return (
    <>
      <div class={`status ${status}`} part={`status ${status}`}>
        {words.copies.status[status]}
      </div>
      {code !== undefined && (
        <p>
          {sentence} {words.copies.advice[adviceOn(code)]}
        </p>
      )}
    </>
  );
};
