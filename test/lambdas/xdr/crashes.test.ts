import { expect, test } from '@jest/globals';
import { describeWith } from '../../support/needs.ts';
import type { WholePath } from '../../support/whole-path.ts';
import { askedWorld, copies, post, requests, TAKEN, xdrWorld } from './xdr-world.ts';

type Ports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a submission asks of the world. */
const ASKED = ['patients', 'consents', 'requests', 'ledger', 'submissions', 'recordBytes'] as const;

/**
 * The world ends at the `at`-th thing that is asked of it: before that was done, or after it and before anybody heard.
 *
 * @returns how much was asked, and how to be left in peace
 */
function endingAt(path: WholePath, at: number, when: 'before' | 'after') {
  let count = 0;
  const ports = path.ports as unknown as Ports;
  const whole = ASKED.map((name) => [name, { ...ports[name] }] as const);
  for (const [name, port] of whole) {
    for (const [method, run] of Object.entries(port)) {
      if (typeof run !== 'function') continue;
      Object.assign(ports[name]!, {
        [method]: async (...given: readonly unknown[]) => {
          const isNow = (count += 1) === at;
          if (isNow && when === 'before') throw new Error('killed');
          const answer: unknown = await run(...given);
          if (isNow) throw new Error('killed');
          return answer;
        },
      });
    }
  }
  return {
    asked: () => count,
    inPeace: () => whole.forEach(([name, port]) => Object.assign(ports[name]!, port)),
  };
}

const WORLDS = {
  'a request': () => askedWorld(),
  'an assertion': () => xdrWorld({ xdrBasis: 'holder-attested', xdr: [{ subject: 'system-1' }] }),
} as const;

describeWith(['shared'], 'whoever is killed while a submission is taken', () => {
  test.each([
    ['a request', 'before'],
    ['a request', 'after'],
    ['an assertion', 'before'],
    ['an assertion', 'after'],
  ] as const)('on %s, %s anything: posted again it is sent, once', async (basis, when) => {
    const undisturbed = await WORLDS[basis]();
    const { asked } = endingAt(undisturbed, Infinity, when);
    expect(await post(undisturbed)).toMatchObject(TAKEN);
    expect(asked()).toBeGreaterThan(6);
    for (let at = 1; at <= asked(); at += 1) {
      const path = await WORLDS[basis]();
      const world = endingAt(path, at, when);
      expect(await post(path)).toMatchObject({ status: 500, outcome: 'edge/failed' });
      world.inPeace();
      expect(await post(path)).toMatchObject(TAKEN);
      expect(await copies(path)).toHaveLength(1);
      expect(await requests(path)).toHaveLength(1);
      await path.settle();
      expect(path.relay.taken).toHaveLength(1);
    }
  });
});
