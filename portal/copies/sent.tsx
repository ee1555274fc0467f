import type { JSX } from 'preact';
import type { CreatedRequest } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import { Button } from '../parts/button.tsx';
import { Heading } from '../parts/heading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { CopyStatus } from './copy-status.tsx';
import { useCopies } from './follow.ts';

export interface SentProps {
  readonly request: CreatedRequest;
  readonly onDone: () => void;
}

/** What was asked for, and how each copy fares until it has arrived or failed: what becomes otherwise is read out. */
export const Sent = ({ request, onDone }: SentProps): JSX.Element => {
  const { words } = useSession();
  const { copies, problem, again } = useCopies(request);
  const isSignedOut = problem?.code === 'portal/signed-out';
  const whose = (address: string): string | undefined =>
    request.reachability.find((each) => each.address === address)?.organization;
  return (
    <>
      <Heading>{words.copies.heading}</Heading>
      <p>{words.often[request.frequency]}</p>
      <ul class="plain copies">
        {copies.map(({ address, copy, isProbing }) => (
          <li key={address} aria-live="polite" aria-atomic="true">
            <strong>{address}</strong>
            <div>{whose(address)}</div>
            <CopyStatus copy={copy ?? { status: 'waiting' }} />
            {isProbing && <p>{words.copies.probe}</p>}
          </li>
        ))}
      </ul>
      {copies.some(({ copy }) => !copy) && <p>{words.copies.none}</p>}
      <p role="status">{problem && !isSignedOut && words.copies.stale}</p>
      {isSignedOut && <Trouble problem={problem} onAgain={again} />}
      <p class="actions">
        <Button kind="primary" onPress={onDone}>
          {words.copies.done}
        </Button>
      </p>
    </>
  );
};
