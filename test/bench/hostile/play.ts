import { NOW } from '../../support/crl.ts';
import { cachedAuthority } from '../../support/pki.ts';
import type { Scenario } from './scenario.ts';
import type { Situation } from './situation.ts';
import { openWorld } from './world.ts';

/** Opens the servers of a scenario. @returns what their victim is told */
export async function play({
  ends,
  lay,
}: Scenario): Promise<{ readonly situation: Situation; readonly close: () => Promise<void> }> {
  const world = await openWorld();
  const anchor = await cachedAuthority('Hostile Anchor');
  await lay(world, anchor);
  return {
    situation: {
      resolver: world.resolver,
      anchor: anchor.certificatePem,
      now: NOW.toISOString(),
      ends: [...ends],
    },
    close: () => world.close(),
  };
}
