import { expect, test } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { runBundles } from './support/bundles.ts';

describeWith(['shared'], 'bundles that others have published', () => {
  test('are read as they are meant, or refused', async () => {
    expect(await runBundles()).toEqual({ passed: 6, total: 6, notApplicable: 0, failed: [] });
  });
});
