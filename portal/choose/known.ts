import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../api/problem.ts';
import type { Reachability } from '../api/views.ts';
import { useSession } from '../element/session.ts';
import type { Known } from './verdict.ts';

const PAUSE_MS = 600;

/**
 * Finds out what addresses can be reached: each is asked about once, and given up when nobody wants to know any more.
 *
 * @param isTyping a pause is waited for
 * @returns also how to put down what the API said of some of them later
 */
export function useKnown(
  addresses: readonly string[],
  isTyping: boolean,
): readonly [Known, (asked: readonly string[], answer: Answer<Reachability>) => void] {
  const { call } = useSession();
  const [known, setKnown] = useState<Known>({});
  const [asked] = useState(() => new Map<string, AbortController>());
  const put = (those: readonly string[], answer: Answer<Reachability>): void =>
    setKnown((before) => ({
      ...before,
      ...Object.fromEntries(those.map((address) => [address, answer])),
    }));
  const ask = async (address: string): Promise<void> => {
    const given = new AbortController();
    const { signal } = given;
    asked.set(address, given);
    const body = { address };
    const answer = await call<Reachability>('POST /v1/direct-addresses/check', { body, signal });
    if (!signal.aborted) put([address], answer);
  };
  const giveUpBut = (wanted: readonly string[]): void => {
    for (const [address, given] of asked) {
      if (known[address] || wanted.includes(address)) continue;
      given.abort();
      asked.delete(address);
    }
  };
  useEffect(() => {
    giveUpBut(addresses);
    const askAll = (): void => {
      for (const each of addresses) if (!asked.has(each)) void ask(each);
    };
    const timer = setTimeout(askAll, isTyping ? PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [addresses.join(' '), isTyping]);
  useEffect(() => () => giveUpBut([]), []);
  return [known, put];
}
