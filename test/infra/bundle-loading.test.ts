import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bundleFunctions } from '../../infra/bundle.ts';
import { FUNCTIONS } from '../bench/bundles/floors.ts';
import { costOf } from '../bench/bundles/programs.ts';
import { surroundingsIn, type Surroundings } from '../bench/bundles/surroundings.ts';
import { describeWith } from '../support/needs.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const TIMER = join(import.meta.dirname, '../bench/cold/cost-of-import.ts');

let bundles: string;
let around: Surroundings;
beforeAll(async () => {
  const beside = { 'api-description/openapi.json': () => '{}' };
  bundles = bundleFunctions({ root: ROOT, outdir: temporaryFolder(), beside });
  around = await surroundingsIn(temporaryFolder(), FUNCTIONS);
});
afterAll(() => around.close());

const start = (name: string) => costOf(TIMER, join(bundles, name, 'index.mjs'), around);

test('the function whose library was cut starts all the same', async () => {
  expect((await start('poll-mailbox')).ms).toBeGreaterThan(0);
});

describeWith(['time'], 'every function', () => {
  test.each(FUNCTIONS)('%s starts with nothing but its bundle and its settings', async (name) => {
    expect((await start(name)).ms).toBeGreaterThan(0);
  });
});
