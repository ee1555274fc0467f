import { describe, expect, test } from '@jest/globals';
import { takeTurns } from '../../../shared/adapters/outbound/take-turns.ts';

const FOREVER = new AbortController().signal;
const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Work that says when it begins and ends when it is told to. */
function works() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => (): Promise<string> => {
    begun.push(name);
    return new Promise((resolve) => ends.set(name, () => resolve(name)));
  };
  return { begun, work, end: (name: string) => ends.get(name)!() };
}

describe('taking turns', () => {
  test('a few work at a time, the others in the order in which they came', async () => {
    const takeTurn = takeTurns(2);
    const { begun, work, end } = works();
    const all = ['a', 'b', 'c', 'd'].map((name) => takeTurn('host', FOREVER, work(name)));
    await soon();
    expect(begun).toEqual(['a', 'b']);
    end('b');
    await soon();
    expect(begun).toEqual(['a', 'b', 'c']);
    for (const name of ['a', 'c']) end(name);
    await soon();
    end('d');
    await expect(Promise.all(all)).resolves.toEqual(['a', 'b', 'c', 'd']);
  });

  test('keys do not wait for each other', async () => {
    const takeTurn = takeTurns(1);
    const { begun, work } = works();
    void takeTurn('one', FOREVER, work('a'));
    void takeTurn('other', FOREVER, work('b'));
    await soon();
    expect(begun).toEqual(['a', 'b']);
  });

  test('whoever gives up while waiting never works, and leaves the line', async () => {
    const takeTurn = takeTurns(1);
    const { begun, work, end } = works();
    const impatience = new AbortController();
    const first = takeTurn('host', FOREVER, work('a'));
    const second = takeTurn('host', impatience.signal, work('b'));
    const third = takeTurn('host', FOREVER, work('c'));
    impatience.abort();
    await expect(second).resolves.toBeUndefined();
    await expect(takeTurn('host', AbortSignal.abort(), work('d'))).resolves.toBeUndefined();
    end('a');
    await first;
    await soon();
    expect(begun).toEqual(['a', 'c']);
    end('c');
    await third;
  });

  test('work that throws gives its place on', async () => {
    const takeTurn = takeTurns(1);
    const broken = takeTurn('host', FOREVER, () => Promise.reject(new Error('lost')));
    const next = takeTurn('host', FOREVER, () => Promise.resolve('done'));
    await expect(broken).rejects.toThrow('lost');
    await expect(next).resolves.toBe('done');
    await expect(takeTurn('host', FOREVER, () => Promise.resolve('again'))).resolves.toBe('again');
  });
});
