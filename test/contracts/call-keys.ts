import { describe, expect, test } from '@jest/globals';
import type { Now } from '../../shared/clock.ts';
import {
  type CallKeys,
  KEY_KEPT_SECONDS,
  KEY_LEASE_SECONDS,
  type KeyedUse,
} from '../../shared/door.ts';
import { sha256 } from '../../shared/ids.ts';

const START = new Date('2026-11-23T08:00:00.250Z');
const RECORD = sha256('this');
const OTHER = sha256('something else');

/** What every store of keys promises while it loses nothing. Each call of `key` is another key. */
export function callKeysContract(
  title: string,
  keysAt: (now: Now) => CallKeys,
  key: () => string,
): void {
  const opened = () => {
    let time = START;
    const use: KeyedUse = { key: sha256(key()), fingerprint: RECORD };
    const keys = keysAt(() => time);
    const after = (seconds: number) => void (time = new Date(START.getTime() + 1000 * seconds));
    const taken = async (what = use) => {
      const found = await keys.take(what);
      if (found.kind !== 'taken') throw new Error(`It is ${found.kind}`);
      return found.lease;
    };
    return { use, keys, after, taken, another: { ...use, fingerprint: OTHER } };
  };

  describe(title, () => {
    test('of many who come at once with one key, one goes on and the others wait for it', async () => {
      const { keys, use } = opened();
      const found = await Promise.all(Array.from({ length: 12 }, () => keys.take(use)));
      expect(found.filter(({ kind }) => kind === 'taken')).toHaveLength(1);
      const others = found.filter(({ kind }) => kind !== 'taken');
      expect(others).toHaveLength(11);
      for (const other of others) {
        expect(other).toEqual({ kind: 'in-progress', forSeconds: KEY_LEASE_SECONDS });
      }
    });

    test('what was carried out is known for a week, and then no more', async () => {
      const { keys, use, taken, after } = opened();
      const lease = await taken();
      after(2);
      await keys.keep(lease);
      expect(await keys.take(use)).toEqual({ kind: 'repeated' });
      after(KEY_KEPT_SECONDS);
      expect(await keys.take(use)).toEqual({ kind: 'repeated' });
      after(KEY_KEPT_SECONDS + 3);
      expect(await keys.take(use)).toMatchObject({ kind: 'taken' });
    });

    test('what is asked differently under a key is refused, while the first is asked and after', async () => {
      const { keys, taken, another } = opened();
      const lease = await taken();
      expect(await keys.take(another)).toEqual({ kind: 'reused' });
      await keys.keep(lease);
      expect(await keys.take(another)).toEqual({ kind: 'reused' });
    });

    test('of which nothing came, the key is free for whatever is asked', async () => {
      const { keys, taken, another, use } = opened();
      await keys.release(await taken());
      const lease = await taken(another);
      expect(await keys.take(use)).toEqual({ kind: 'reused' });
      await keys.release(lease);
      await taken();
    });

    test('where a call died the same call goes on, when it cannot be running any more; another does not', async () => {
      const { keys, use, another, taken, after } = opened();
      await taken();
      after(KEY_LEASE_SECONDS - 1.5);
      expect(await keys.take(use)).toEqual({ kind: 'in-progress', forSeconds: 2 });
      after(KEY_LEASE_SECONDS);
      expect(await keys.take(another)).toEqual({ kind: 'reused' });
      await taken();
      expect(await keys.take(use)).toMatchObject({ kind: 'in-progress' });
    });

    test('who comes back after his time settles nothing', async () => {
      const { keys, use, taken, after } = opened();
      const late = await taken();
      after(KEY_LEASE_SECONDS + 1);
      await taken();
      await keys.release(late);
      expect(await keys.take(use)).toMatchObject({ kind: 'in-progress' });
      await keys.keep(late);
      expect(await keys.take(use)).toMatchObject({ kind: 'in-progress' });
    });

    test('keys are apart', async () => {
      const { keys, taken } = opened();
      await keys.keep(await taken());
      await taken({ key: sha256(key()), fingerprint: RECORD });
    });
  });
}
