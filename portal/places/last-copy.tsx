import type { JSX } from 'preact';
import type { Copy } from '../api/views.ts';
import { CopyStatus } from '../copies/copy-status.tsx';
import { useSession } from '../element/session.ts';
import { momentIn } from '../parts/moments.ts';
import { filled } from '../words/words.ts';

/** When a copy was asked for last, and what became of it. */
export const LastCopy = ({ copy }: { readonly copy: Copy | undefined }): JSX.Element => {
  const { words, language } = useSession();
  if (!copy) return <div>{words.places.never}</div>;
  return (
    <>
      <div>{filled(words.places.last, { when: momentIn(language, copy.createdAt) })}</div>
      <CopyStatus copy={copy} />
    </>
  );
};
