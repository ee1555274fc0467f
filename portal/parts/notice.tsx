import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { useFocus } from './focus.ts';

export interface NoticeProps {
  readonly kind: 'good' | 'bad' | 'caution' | 'plain';
  readonly children: ComponentChildren;
  /** For what somebody has to read before going on. */
  readonly takesFocus?: boolean;
  /** Of a question with its answers, which is a group: what it is called. */
  readonly question?: string;
}

/** Something that is said beside what was asked for: to the eye by a frame, to the ear at once. */
export const Notice = ({
  kind,
  children,
  takesFocus = false,
  question,
}: NoticeProps): JSX.Element => {
  const notice = useFocus<HTMLDivElement>(takesFocus);
  // Not `useEffect`, which tidies up when all is gone already.
  useLayoutEffect(() => {
    const here = notice.current;
    const root = here?.getRootNode() as ShadowRoot | undefined;
    return () => {
      // What goes away under the focus would leave it nowhere: then it stands at the heading of the screen.
      if (here?.contains(root?.activeElement ?? null)) root?.querySelector('h2')?.focus();
    };
  }, []);
  return (
    <div
      ref={notice}
      class={`notice ${kind}`}
      part={`notice ${kind}`}
      role={question ? 'group' : kind === 'bad' ? 'alert' : 'status'}
      aria-label={question}
      tabIndex={takesFocus ? -1 : undefined}
    >
      {children}
    </div>
  );
};
