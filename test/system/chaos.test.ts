import { expect, test } from '@jest/globals';
import { storm } from '../simulation/chaos/storm.ts';
import { describeWith } from '../support/needs.ts';

describeWith(
  ['java', 'time'],
  'the local system with workers killed in the middle of their work',
  () => {
    test('nothing is lost, nothing left twice in silence or after it was revoked, and nothing ends twice', async () => {
      const { crashes, handedOver, violations } = await storm(
        { seconds: 12, copies: 6 },
        () => undefined,
      );
      expect(violations).toEqual([]);
      // Else there was nothing to survive.
      expect(crashes).toBeGreaterThan(5);
      expect(handedOver).toBeGreaterThan(5);
    }, 400_000);
  },
);
