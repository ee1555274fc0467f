import { describe, expect, test } from '@jest/globals';
import { parseSettings } from '../shared/settings.ts';

const STAGE = {
  stage: 'test',
  holderName: 'Green Street Pharmacy',
  senders: [
    {
      address: 'records@direct.greenstreet.example',
      name: 'Green Street',
      organizationOid: '2.16.840.1',
      contact: 'Desk',
    },
  ],
  anchors: ['-----BEGIN CERTIFICATE-----'],
  consentTexts: [{ language: 'en', version: '2026-01-01', text: 'You ask us.' }],
};

const withTriggers = (triggers: object) => () => parseSettings({ ...STAGE, triggers });

describe('kinds of events after which nobody waits for more', () => {
  test('are those that there are, and the data holder’s own', () => {
    const triggers = { kinds: ['x-visit'], atOnce: ['x-visit', 'transfer'] };
    expect(withTriggers(triggers)().triggers.atOnce).toEqual(triggers.atOnce);
  });

  test.each([['dischrage'], ['x-visit'], ['requested']])('are not %s, which is none', (kind) => {
    const refused = withTriggers({ atOnce: ['discharge', kind] });
    expect(refused).toThrow('triggers.atOnce.1: no kind of event');
  });
});
