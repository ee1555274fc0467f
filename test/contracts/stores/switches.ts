import { expect, test } from '@jest/globals';
import { rememberedStops, switchStore } from '../../../shared/adapters/dynamo/switches.ts';
import { SWITCHES } from '../../../shared/switches.ts';
import { atSecond } from '../../support/histories.ts';
import type { FreshTable } from './samples.ts';

const stopAt = (second: number, by = 'kim') => ({
  at: atSecond(second).toISOString(),
  reason: 'incident-4711',
  by,
});

export function switchStoreContract(fresh: FreshTable): void {
  test('nothing is stopped before anybody stops it', async () => {
    const switches = switchStore(await fresh());
    for (const name of SWITCHES) expect(await switches.read(name)).toBeUndefined();
  });

  test('one is stopped and the other is not, and goes on when it is told to', async () => {
    const switches = switchStore(await fresh());
    expect(await switches.stop('sending', stopAt(0))).toEqual(stopAt(0));
    expect(await switches.read('sending')).toEqual(stopAt(0));
    expect(await switches.read('intake')).toBeUndefined();
    expect(await switches.go('sending', stopAt(9))).toEqual(stopAt(0));
    expect(await switches.read('sending')).toBeUndefined();
  });

  test('the first stop stays, and what is not stopped cannot go on', async () => {
    const switches = switchStore(await fresh());
    await switches.stop('intake', stopAt(0));
    expect(await switches.stop('intake', stopAt(5, 'lee'))).toEqual(stopAt(0));
    expect(await switches.read('intake')).toEqual(stopAt(0));
    await switches.go('intake', stopAt(9));
    expect(await switches.go('intake', stopAt(10))).toBeUndefined();
  });

  test('of ten who stop it at once one does, and all are told which', async () => {
    const switches = switchStore(await fresh());
    const stops = await Promise.all(
      Array.from({ length: 10 }, (_, n) => switches.stop('sending', stopAt(n))),
    );
    expect(new Set(stops.map(({ at }) => at)).size).toBe(1);
    expect(await switches.read('sending')).toEqual(stops[0]);
  });

  test('what is remembered is five seconds old at most', async () => {
    let second = 0;
    const switches = switchStore(await fresh());
    const stops = rememberedStops(switches, () => atSecond(second));
    expect(await stops.stopOf('sending')).toBeUndefined();
    await switches.stop('sending', stopAt(0));
    second = 4;
    expect(await stops.stopOf('sending')).toBeUndefined();
    second = 5;
    expect(await stops.stopOf('sending')).toEqual(stopAt(0));
    expect(await stops.stopOf('intake')).toBeUndefined();
  });
}
