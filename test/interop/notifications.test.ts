import { expect, test } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import {
  agrees,
  readDivergences,
  readIndex,
  readingOf,
  runNotifications,
} from './support/notifications.ts';

describeWith(['shared'], 'the notices of others', () => {
  test('are read as the table of the collection says', async () => {
    const { passed, total, notApplicable, failed } = await runNotifications();
    expect(failed).toEqual([]);
    expect([passed, total, notApplicable]).toEqual([70, 70, 3]);
  });

  test('are set aside only where the table says otherwise, and with a reason', async () => {
    const index = readIndex();
    for (const [file, reason] of Object.entries(readDivergences())) {
      const expected = index.get(file);
      expect([file, expected && agrees(expected, await readingOf(file))]).toEqual([file, false]);
      expect(reason).toMatch(/^Read (?:better|otherwise): .+\.$/);
    }
  });
});
