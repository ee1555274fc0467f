import { domainOf, type DirectAddress } from '../ids.ts';
import type { Settings } from '../settings.ts';
import type { TransmitRequest } from '../transmit-request/transmit-request.ts';
import type { Plan } from './transmission.ts';

/** The rules that a copy to this address is opened with. */
export function planFor(
  { language, frequency, afterDeath }: TransmitRequest,
  address: DirectAddress,
  settings: Settings,
): Plan {
  const { deadlines, processedIsEnough, uncertain } = settings;
  return {
    delivery: processedIsEnough.includes(domainOf(address))
      ? 'processed'
      : 'processed-and-dispatched',
    uncertain,
    processedWithinSeconds: deadlines.processedWithinSeconds,
    dispatchedWithinSeconds: deadlines.dispatchedWithinSeconds,
    retryForSeconds: deadlines.retryForSeconds,
    retryAfterSeconds: deadlines.retryAfterSeconds,
    leaseSeconds: deadlines.leaseSeconds,
    uncertainGraceSeconds: deadlines.uncertainGraceSeconds,
    unresolvedAfterSeconds: deadlines.unresolvedAfterSeconds,
    ...(language === undefined ? {} : { language }),
    recurring: frequency !== 'once',
    ...(afterDeath ? { afterDeath } : {}),
  };
}
