import { describe, expect, test } from '@jest/globals';
import type { AddressKey } from '../../shared/ids.ts';
import type { Window } from '../../shared/trigger/window.ts';
import { at, comes, event } from './joining.ts';

const [ONE, TWO] = ['one', 'two'] as unknown as readonly [AddressKey, AddressKey];
const wanted = (second: number, ...addresses: readonly AddressKey[]) =>
  event('requested', second, addresses.length > 0 ? { addresses } : {});

describe('what is wanted for some addresses only', () => {
  test('opens a window for these, which closes at once', () => {
    const open = comes(wanted(0, ONE), undefined, 0);
    expect(open).toMatchObject({ only: [ONE], closesAt: at(0), triggers: [{ addresses: [ONE] }] });
  });

  test('opens it for those of all that join', () => {
    const open = comes(wanted(1, TWO, ONE), comes(wanted(0, ONE), undefined, 0), 1);
    expect(open?.only).toEqual([ONE, TWO]);
  });

  test.each([
    ['before it', [event('transfer', 0), wanted(1, ONE)]],
    ['after it', [wanted(0, ONE), event('transfer', 1)]],
    ['wanted for all', [wanted(0, ONE), wanted(1)]],
  ])('and for all as soon as something is for all: %s', (_, triggers) => {
    const open = triggers.reduce<Window | undefined>(
      (before, each, second) => comes(each, before, second),
      undefined,
    );
    expect(open).not.toHaveProperty('only');
    expect(open?.joined).toBe(2);
  });

  test('is all that is left when the rest is called off', () => {
    const open = comes(wanted(1, ONE), comes(event('transfer', 0), undefined, 0), 1);
    const left = comes(event('transfer', 2, { cancels: true }), open, 2);
    expect(left).toMatchObject({ only: [ONE], joined: 1 });
  });

  test('is for all still, when something that is not kept any more may have been', () => {
    const burst = Array.from({ length: 60 }, (_, n) => wanted(n + 1, ONE));
    const open = [event('transfer', 0), event('discharge', 0), ...burst].reduce<Window | undefined>(
      (before, each) => comes(each, before, 0),
      undefined,
    );
    expect(open).toMatchObject({ joined: 62 });
    const called = comes(event('requested', 1, { cancels: true }), open, 61);
    expect(called).not.toHaveProperty('only');
  });
});
