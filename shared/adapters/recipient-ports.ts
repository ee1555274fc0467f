import type { Log } from '../log.ts';
import type { Settings } from '../settings.ts';
import type { RecipientPorts } from '../trust/recipient.ts';
import { faultsIn } from './dynamo/scratch/quick-client.ts';
import { scratchCache } from './dynamo/scratch-cache.ts';
import { outsidePorts, type OutsidePorts } from './outside.ts';
import { processCache } from './process-cache.ts';
import { anchorsFrom } from './s3-anchors.ts';

/** A few of the largest revocation lists; the smallest function has ten times as much. */
const MAX_CACHED_BYTES = 16_000_000;

const now = (): Date => new Date();

type Finding = OutsidePorts & Pick<RecipientPorts, 'cache' | 'anchors'>;

/**
 * How a function finds out about others and whom it trusts. What outsiders point to is asked through the guard, and what
 * was found is remembered in the process, and behind it in the table.
 */
export function recipientPorts(
  env: Readonly<Record<'RESOLVERS' | 'SCRATCH_TABLE' | 'TRUST_BUCKET', string>>,
  settings: Settings,
  log: Log,
): Finding {
  const { outboundLoopback: loopback, discovery } = settings;
  const onFault = faultsIn(log);
  const behind = scratchCache(env.SCRATCH_TABLE, { now, onFault });
  return {
    ...outsidePorts({ loopback, resolvers: env.RESOLVERS, transport: discovery.dnsTransport }),
    cache: processCache({ now, maxBytes: MAX_CACHED_BYTES, behind }),
    anchors: anchorsFrom(env.TRUST_BUCKET, settings),
  };
}
