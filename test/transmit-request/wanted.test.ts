import { describe, expect, test } from '@jest/globals';
import type { DirectAddress } from '../../shared/ids.ts';
import { failAt } from '../../shared/outcome.ts';
import { type Asked, understood } from '../../shared/transmit-request/wanted.ts';

const OFFERED = {
  senders: ['us@direct.example.net'] as DirectAddress[],
  kinds: ['discharge', 'result-available', 'x-own'],
};
const ASKED: Asked = {
  addresses: ['a@direct.example.org'],
  frequency: 'on-update',
  sendNow: true,
};

const bad = (...faults: readonly (readonly [pointer: string, code: string])[]) =>
  failAt(
    'transmit-request/bad-filter',
    faults.map(([pointer, code]) => ({ pointer: `/triggers${pointer}`, code })),
  );

describe('a filter', () => {
  test('names kinds that there are, those of the data holder included', () => {
    const triggers = ['x-own', 'discharge'];
    expect(understood({ ...ASKED, triggers }, OFFERED)).toMatchObject({ value: { triggers } });
    const without = understood(ASKED, OFFERED);
    expect(without.ok && without.value).not.toHaveProperty('triggers');
  });

  test.each([
    [['x-other'], bad(['/0', 'unknown'])],
    [['discharge', 'Discharge', ''], bad(['/1', 'unknown'], ['/2', 'unknown'])],
    [['requested'], bad(['/0', 'unknown'])],
    [['scheduled'], bad(['/0', 'unknown'])],
    [['discharge', 'x-own', 'discharge'], bad(['/2', 'repeated'])],
    [[], bad(['', 'empty'])],
  ])('transmit-request/bad-filter: %j', (triggers, refused) => {
    expect(understood({ ...ASKED, triggers }, OFFERED)).toEqual(refused);
  });

  test('transmit-request/bad-filter: of a request that no event concerns', () => {
    const asked = { ...ASKED, frequency: 'once', triggers: ['discharge'] };
    expect(understood(asked, OFFERED)).toEqual(bad(['', 'not-of-this-frequency']));
  });
});

test.each([true, false])('a schedule sends now as well, or not: %s', (sendNow) => {
  const schedule = { at: '08:00', timeZone: 'UTC', dayOfMonth: 31 };
  const asked = { ...ASKED, frequency: 'monthly', schedule, sendNow };
  expect(understood(asked, OFFERED)).toMatchObject({ value: { schedule, sendNow } });
});
