import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../api/problem.ts';
import type { Reachability } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import type { Known } from './verdict.ts';

const PAUSE_MS = 600;

/**
 * Finds out what addresses can be reached: each is asked about once, after a pause in typing.
 *
 * @param named of a request that is there: nobody asks about these
 */
export function useKnown(addresses: readonly string[], named: readonly string[]): Known {
  const { call } = useSession();
  const [found, setFound] = useState<Known>({});
  const known: Known = { ...namedBefore(named), ...found };
  const put = (address: string, is?: Reachability): void =>
    setFound((before) => ({ ...before, [address]: is }));
  const ask = async (address: string): Promise<void> => {
    put(address);
    const body = { address };
    put(address, foundIn(address, await call('POST /v1/direct-addresses/check', { body })));
  };
  useEffect(() => {
    const asked = addresses.filter((address) => !(address in known));
    const timer = setTimeout(() => asked.map(ask), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [addresses.join(' ')]);
  return known;
}

const namedBefore = (addresses: readonly string[]): Known =>
  Object.fromEntries(addresses.map((address) => [address, { address, reachability: 'unknown' }]));

/** Without an answer nobody can tell; what is refused is as good as out of reach. */
export function foundIn(address: string, answer: Answer<Reachability>): Reachability {
  if (answer.ok) return answer.body;
  const { canTryAgain, sentence } = answer.problem;
  return { address, sentence, reachability: canTryAgain ? 'cannot-tell-now' : 'not-reachable' };
}
