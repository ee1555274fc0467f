import type { Now } from '../../../shared/clock.ts';
import {
  type CallCounter,
  type CallKeys,
  type Door,
  KEY_KEPT_SECONDS,
  KEY_LEASE_SECONDS,
  type KeyLease,
} from '../../../shared/door.ts';
import { Api } from '../../../shared/settings-api.ts';

interface KeptUse {
  readonly fingerprint: string;
  readonly owner: string;
  readonly isKept: boolean;
  readonly leaseUntil: number;
  readonly until: number;
}

/** Remembers keys in memory. */
export function memoryCallKeys(now: Now): CallKeys {
  const uses = new Map<string, KeptUse>();
  let owners = 0;

  const settle = ({ key, owner }: KeyLease, isKept: boolean): void => {
    const use = uses.get(key);
    if (use?.owner !== owner) return;
    if (isKept) uses.set(key, { ...use, isKept, until: now().getTime() + 1000 * KEY_KEPT_SECONDS });
    else uses.delete(key);
  };

  return {
    async take({ key, fingerprint }) {
      const at = now().getTime();
      const use = uses.get(key);
      const there = use && use.until > at ? use : undefined;
      if (there && there.fingerprint !== fingerprint) return { kind: 'reused' };
      if (there?.isKept) return { kind: 'repeated' };
      if (there && there.leaseUntil > at) {
        return { kind: 'in-progress', forSeconds: Math.ceil((there.leaseUntil - at) / 1000) };
      }
      const owner = String((owners += 1));
      const leaseUntil = at + 1000 * KEY_LEASE_SECONDS;
      const until = at + 1000 * KEY_KEPT_SECONDS;
      uses.set(key, { fingerprint, owner, isKept: false, leaseUntil, until });
      return { kind: 'taken', lease: { key, fingerprint, owner } };
    },
    keep: async (lease) => settle(lease, true),
    release: async (lease) => settle(lease, false),
  };
}

/** Counts in memory. */
export function memoryCallCounter(): CallCounter {
  const counted = new Map<string, number>();
  return {
    async count(caller, what, minute, most) {
      const place = `${caller} ${what} ${minute}`;
      const count = (counted.get(place) ?? 0) + 1;
      if (count > most) return 'too-many';
      counted.set(place, count);
      return count;
    },
  };
}

/** Lets in as many as the settings say; as they are by default, unless told otherwise. */
export const memoryDoor = (now: Now, limits = Api.parse({})): Door => ({
  keys: memoryCallKeys(now),
  counter: memoryCallCounter(),
  limits,
  now,
});
