import { expect, test } from '@jest/globals';
import { en } from '../../portal/words/en.ts';
import { es } from '../../portal/words/es.ts';
import { FAILURES } from '../../shared/failures.ts';
import { describeWith } from '../support/needs.ts';
import { expectAccessible } from './support/axe.ts';
import { focusOn } from './support/checks.ts';
import { usePortal } from './support/portal.ts';
import { patientUser, representativeUser } from './support/users.ts';

const NAME = 'Ana Lucía Rivera';
const noteIn = (text: string): string => text.replace('{name}', NAME);

describeWith(['chromium', 'java', 'time'], 'who acts for a patient', () => {
  const portal = usePortal({ settings: { authority: { ageOfMajorityYears: 18 } } });

  test('is told so above every screen, in both languages, and the focus stays where it is', async () => {
    const user = representativeUser(await portal().patient());
    for (const [lang, words] of [
      ['en', en],
      ['es', es],
    ] as const) {
      const { page, press, complaints } = await portal().open({ user, lang });
      const note = page.getByRole('note').filter({ hasText: noteIn(words.acting) });
      await note.waitFor();
      expect(await focusOn(page)).toBe('nothing');
      await expectAccessible(page);
      await press(words.home.share);
      await page.getByRole('heading', { name: words.terms.heading }).waitFor();
      expect(await note.isVisible()).toBe(true);
      expect(complaints).toEqual([]);
    }
  }, 90_000);

  test('a patient is told nothing of the kind', async () => {
    const { page, press } = await portal().open({ user: patientUser(await portal().patient()) });
    await press(en.home.share);
    expect(await page.getByRole('note').count()).toBe(0);
  }, 90_000);

  test('whose authority has ended reads why, and sees nothing of the patient', async () => {
    const user = representativeUser(await portal().patient(), 'guardian');
    const { page, see } = await portal().open({ user });
    await see(FAILURES['consent/authority-ended'].says);
    await expectAccessible(page);
    expect(await page.getByText(NAME).count()).toBe(0);
  }, 90_000);

  test('no screen comes up as long as nobody knows whose it is, and then the right one does', async () => {
    const user = representativeUser(await portal().patient());
    const { page, network, press, see } = await portal().open({ user });
    await network.down(`GET /patients/${user.patient}`);
    await page.evaluate(() => {
      const element = document.querySelector('share-with-direct');
      const { parentElement } = element!;
      element!.remove();
      parentElement!.append(element!);
    });
    await see(en.trouble.unreachable);
    expect(await page.getByRole('button', { name: en.home.share }).count()).toBe(0);
    network.up();
    await press(en.trouble.again);
    await see(noteIn(en.acting));
    await page.getByRole('button', { name: en.home.share }).waitFor();
  }, 90_000);
});
