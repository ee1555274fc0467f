import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readConfig, stagesIn } from '../../infra/config.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { keptIn, type KeptResources } from './support/kept.ts';
import { synthesised } from './support/templates.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const LIST = join(import.meta.dirname, 'kept-resources.json');

const APPS = stagesIn().map((stage) =>
  directTransmit({ config: readConfig({ stage }), outdir: temporaryFolder() }),
);

/**
 * A logical id that changes is a table, a key or a bucket that is made again, empty, beside the old one. Who adds one enters
 * it here; an entry that changes or goes needs a plan for what lies there.
 */
test('what holds data has in every stage the ids that are deployed', () => {
  const listed = JSON.parse(readFileSync(LIST, 'utf8')) as KeptResources;
  const found = APPS.map(keptIn);
  for (const kept of found) expect(listed).toMatchObject(kept);
  expect(new Set(found.flatMap(named))).toEqual(new Set(named(listed)));
});

const named = (kept: KeptResources): string[] =>
  Object.entries(kept).flatMap(([stack, rows]) => Object.keys(rows).map((id) => `${stack}/${id}`));

test('the stack of what is kept cannot be deleted by mistake, and no other has to stay', () => {
  const kept = APPS.flatMap((app) => synthesised(app).stacks).filter(
    (stack) => stack.terminationProtection === true,
  );
  expect(kept.map(({ stackName }) => stackName)).toEqual(
    stagesIn().map((stage) => `DirectTransmit-${stage}-Foundation`),
  );
});
