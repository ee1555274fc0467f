import { sha256 } from '../ids.ts';
import type { Log } from '../log.ts';
import type { SubmitterListeningPorts } from '../report/submitter/listening.ts';
import type { Settings } from '../settings.ts';
import { scratchCircuit } from './dynamo/scratch/circuit-store.ts';
import { faultsIn, quickClient } from './dynamo/scratch/quick-client.ts';
import { relayCredentials } from './relay-secret.ts';
import { submitterPost } from './xdr/submitter-post.ts';

type Env = Readonly<Record<'RELAY_SECRET' | 'SCRATCH_TABLE', string>>;

/** How those who send by XDR are told by XDR, and what all workers know together of how they fare. */
export function submitterPorts(
  env: Env,
  settings: Settings,
  { log, now }: { readonly log: Log; readonly now: () => Date },
): Pick<SubmitterListeningPorts, 'postXdr' | 'circuitOf' | 'settings'> {
  const onFault = faultsIn(log);
  const options = { client: quickClient(), onFault, now };
  return {
    settings,
    postXdr: submitterPost({
      credentials: relayCredentials(env.RELAY_SECRET),
      authorities: settings.relay.authorities,
    }),
    circuitOf: (submitter) =>
      scratchCircuit(env.SCRATCH_TABLE, `submitter-${sha256(submitter).slice(0, 16)}`, options),
  };
}
