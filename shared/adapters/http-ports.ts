import type { Door } from '../door.ts';
import { errorNameOf } from '../log.ts';
import type { Settings } from '../settings.ts';
import { scratchCallCounter } from './dynamo/scratch/call-counter.ts';
import { scratchCallKeys } from './dynamo/scratch/call-keys.ts';
import { quickClient } from './dynamo/scratch/quick-client.ts';
import { functionPorts } from './function-ports.ts';

/** What every function of the HTTP API is given that is not open to anybody. Its log tells when the door was not watched. */
export function httpPorts(
  functionName: string,
  { SCRATCH_TABLE }: { readonly SCRATCH_TABLE: string },
  settings: Settings,
) {
  const { log, metrics, now } = functionPorts(functionName, settings);
  const onFault = (error: unknown): void => {
    log.error('door-unwatched', { errorName: errorNameOf(error) });
    metrics.put('DoorUnwatched', 1);
  };
  const client = quickClient();
  const door: Door = {
    keys: scratchCallKeys(SCRATCH_TABLE, { now, onFault, client }),
    counter: scratchCallCounter(SCRATCH_TABLE, { onFault, client }),
    limits: settings.api,
    now,
  };
  return { settings, log, metrics, now, door };
}
