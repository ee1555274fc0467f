import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readConfig, stagesIn } from '../../infra/config.ts';
import { directTransmit } from '../../infra/direct-transmit.ts';
import { keptIn, type KeptResources } from './support/kept.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const LIST = join(import.meta.dirname, 'kept-resources.json');

/**
 * A logical id that changes is a table, a key or a bucket that is made again, empty, beside the old one. Who adds one enters
 * it here; an entry that changes or goes needs a plan for what lies there.
 */
test('what holds data has in every stage the ids that are deployed', () => {
  const listed = JSON.parse(readFileSync(LIST, 'utf8')) as KeptResources;
  const found = stagesIn().map((stage) =>
    keptIn(directTransmit({ config: readConfig({ stage }), outdir: temporaryFolder() })),
  );
  for (const kept of found) expect(listed).toMatchObject(kept);
  expect(new Set(found.flatMap(named))).toEqual(new Set(named(listed)));
});

const named = (kept: KeptResources): string[] =>
  Object.entries(kept).flatMap(([stack, rows]) => Object.keys(rows).map((id) => `${stack}/${id}`));
