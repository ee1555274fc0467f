import { describe, expect, test } from '@jest/globals';
import { wordsIn } from '../../portal/words/words.ts';
import { describeWith } from '../support/needs.ts';
import { faultsOn } from './support/axe.ts';
import { cutOffWhenSpaced, focusFaultsOn, sidewaysOn, smallTargetsOn } from './support/checks.ts';
import { usePortal } from './support/portal.ts';
import { openIn, STATES } from './support/states.ts';
import { lookAt, VIEWS, ZOOMED } from './support/views.ts';

describeWith(['chromium', 'java', 'time'], 'every screen, in every state', () => {
  const portal = usePortal();

  describe.each(['en', 'es'] as const)('in %s', (lang) => {
    test.each(STATES.map((state) => [state.name, state] as const))(
      '%s can be used by everybody, at any width',
      async (_, state) => {
        const { page, complaints, strangers } = await openIn(portal(), state, lang, wordsIn(lang));
        const faults: string[] = [];
        for (const view of VIEWS) {
          await lookAt(page, view);
          const found = [
            await faultsOn(page),
            await sidewaysOn(page),
            await smallTargetsOn(page),
            await cutOffWhenSpaced(page),
          ].flat();
          faults.push(...found.map((fault) => `${view.name}: ${fault}`));
        }
        await lookAt(page, ZOOMED);
        faults.push(...(await focusFaultsOn(page)));
        expect(faults).toEqual([]);
        expect([complaints, strangers]).toEqual([[], []]);
      },
      60_000,
    );
  });
});
