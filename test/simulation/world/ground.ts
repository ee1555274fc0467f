import { anchorsOf } from '../../../shared/trust/anchors.ts';
import { rawMemoryTable } from '../../support/memory/table.ts';
import { ADMIN, ANA, SYSTEM } from '../../lambdas/http-world.ts';
import { ACCEPTED, key, PERSON } from '../../lambdas/steps.ts';
import { Chance } from '../kernel/chance.ts';
import { CALM_CLIMATE, NO_FAULTS } from './calm.ts';
import { identities } from './identities.ts';
import { upload } from './people.ts';
import { settingsOf, type Differing } from './settings.ts';
import { World, type Ground } from './world.ts';

export const GROUND_AT = new Date('2026-11-22T09:00:00.000Z');

export interface Has {
  readonly record: boolean;
  readonly webhook: boolean;
}

const laid = new Map<string, Promise<Ground>>();

/** A registered patient who has accepted the consent text, with or without a record, and perhaps a webhook. Made once, and copied for each run. */
export function groundFor(differing: Differing, has: Has): Promise<Ground> {
  const name = JSON.stringify([differing, has]);
  const known = laid.get(name) ?? lay(differing, has);
  laid.set(name, known);
  return known;
}

async function lay(differing: Differing, has: Has): Promise<Ground> {
  const people = await identities();
  const settings = settingsOf(people, differing);
  const bare: Ground = {
    identities: people,
    settings,
    anchors: anchorsOf(settings),
    table: rawMemoryTable(),
    recordBytes: new Map(),
  };
  const world = new World({
    start: GROUND_AT,
    ground: bare,
    climate: CALM_CLIMATE,
    chance: new Chance('ground'),
    faults: () => NO_FAULTS,
  });
  world.timeline.after(0, () => void prepare(world, has));
  const until = new Date(GROUND_AT.getTime() + 3_600_000);
  if (!(await world.timeline.run({ until, mostEvents: 10_000 })))
    throw new Error('No quiet ground');
  const keys = world.recordBytes.keys();
  const bytes = await Promise.all(keys.map((each) => world.recordBytes.get(each)));
  return {
    ...bare,
    table: world.table,
    recordBytes: new Map(keys.map((each, at) => [each, bytes[at]!])),
  };
}

async function prepare(world: World, { record, webhook }: Has): Promise<void> {
  const { client } = world;
  await client.ask('PUT /v1/patients/ana', { as: SYSTEM, json: PERSON });
  await client.ask('POST /v1/patients/ana/consents', {
    as: ANA,
    json: ACCEPTED,
    headers: key('consent-1'),
  });
  if (record) await upload(world, 0);
  if (!webhook) return;
  await client.ask('POST /v1/webhooks', {
    as: ADMIN,
    json: { url: 'https://holder.example/told' },
    headers: key('webhook-1'),
  });
}
