import type { JSX } from 'preact';
import { useLoaded } from '../api/loaded.ts';
import { useSession } from '../element/session.ts';
import { Busy } from '../parts/busy.tsx';
import { Button } from '../parts/button.tsx';
import { Heading } from '../parts/heading.tsx';
import { Trouble } from '../parts/trouble.tsx';
import { ChangeForm, type ChangeFormProps } from './change-form.tsx';
import { readVersion } from './saving.ts';

export interface ChangeProps extends Omit<ChangeFormProps, 'version'> {
  readonly requestId: string;
}

/** One request, to be wanted otherwise: how often, until when, where. */
export const Change = ({ requestId, ...props }: ChangeProps): JSX.Element => {
  const { call, there, words } = useSession();
  const [loaded, again] = useLoaded((signal) =>
    readVersion(call, `${there}/transmit-requests/${requestId}`, signal),
  );
  return (
    <>
      <Heading>{words.places.change}</Heading>
      {loaded.state === 'loading' && <Busy>{words.busy.loading}</Busy>}
      {loaded.state === 'failed' && <Trouble problem={loaded.problem} onAgain={again} />}
      {loaded.state === 'loaded' && <ChangeForm {...props} version={loaded.body} />}
      <Button kind="link" onPress={() => props.onDone()}>
        {words.back}
      </Button>
    </>
  );
};
