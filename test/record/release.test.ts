import { describe, expect, test } from '@jest/globals';
import { sha256 } from '../../shared/ids.ts';
import { isReleased, released } from '../../shared/record/release.ts';
import { document } from '../contracts/stores/samples.ts';

const ONE = document('ccd', 'one', 1);
const NOW = new Date('2026-11-22T12:00:00.000Z');
const RELEASING = { by: 'staff-1', now: NOW, sha256: ONE.sha256 };
const RELEASE = { sha256: ONE.sha256, by: 'staff-1', at: NOW.toISOString() };

describe('the release of a document', () => {
  test('is about the version that is current, and says who and when', () => {
    expect(released(ONE, RELEASING)).toEqual({
      ok: true,
      value: { ...ONE, released: RELEASE },
    });
    expect([isReleased(ONE), isReleased({ ...ONE, released: RELEASE })]).toEqual([false, true]);
  });

  test('is refused when another version was looked at', () => {
    expect(released(ONE, { ...RELEASING, sha256: sha256('zero') })).toMatchObject({
      failure: { code: 'edge/precondition-failed' },
    });
  });

  test('stands as it was given first', () => {
    const once = { ...ONE, released: RELEASE };
    const again = released(once, { ...RELEASING, by: 'staff-2', now: new Date('2027-01-01') });
    expect(again.ok && again.value).toBe(once);
  });

  test('says nothing of a version that came later', () => {
    const later = { ...document('ccd', 'two', 2), released: RELEASE };
    expect(isReleased(later)).toBe(false);
    expect(released(later, { by: 'staff-2', now: NOW, sha256: later.sha256 })).toMatchObject({
      value: { released: { sha256: sha256('two'), by: 'staff-2' } },
    });
  });
});
