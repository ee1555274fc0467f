import { expect, test } from '@jest/globals';
import { SAMPLE_PATIENTS } from '../../infra/local/sample/record.ts';
import { describeWith } from '../support/needs.ts';
import { expectAccessible, faultsOn } from './support/axe.ts';
import { usePortal } from './support/portal.ts';
import { patientUser } from './support/users.ts';

describeWith(['chromium', 'java', 'time'], 'the component on a host page', () => {
  const portal = usePortal();

  test('shows where a patient begins, and nothing leaves this machine', async () => {
    const { page, complaints, strangers } = await portal().open({
      user: patientUser(SAMPLE_PATIENTS.ana.id),
    });
    await page.getByRole('heading', { name: 'Share with Direct' }).waitFor();
    await page.getByRole('button', { name: 'Share with Direct' }).waitFor();
    await expectAccessible(page);
    expect([complaints, strangers]).toEqual([[], []]);
  });

  test('axe looks into the shadow tree', async () => {
    const { page } = await portal().open({ user: patientUser(SAMPLE_PATIENTS.ana.id) });
    await page.locator('share-with-direct h2').evaluate((heading) => {
      heading.parentElement?.append(document.createElement('input'));
    });
    expect(await faultsOn(page)).toEqual([expect.stringMatching(/^label: share-with-direct > /)]);
  });
});
