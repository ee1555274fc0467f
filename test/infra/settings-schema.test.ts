import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as formats from 'ajv-formats';
import { settingsPage } from '../../infra/cli/settings/settings-page.ts';
import { describedSchema } from '../../infra/cli/settings/settings-schema.ts';
import { CONFIG, stagesIn } from '../../infra/config.ts';
import { example, patched, type Patch } from './support/patched-examples.ts';

const written = (file: string): string => readFileSync(file, 'utf8');

/** Who changes a setting runs `npm run transmit -- settings`. */
describe('what is written of the settings is what they are', () => {
  test('for editors', () => {
    const schema = JSON.parse(written(join(CONFIG, 'settings.schema.json')));
    expect(schema).toEqual(JSON.parse(JSON.stringify(describedSchema())));
  });

  test('for people', () => {
    const page = join(import.meta.dirname, '../../docs/settings.md');
    expect(written(page)).toBe(settingsPage(describedSchema()));
  });
});

describe('the schema that editors complete by', () => {
  const ajv = new Ajv2020({ strict: false });
  formats.default.default(ajv);
  const check = ajv.compile(describedSchema());

  test.each(stagesIn())('takes the example %s, which names it', (name) => {
    check(example(name));
    expect(check.errors).toBeNull();
    expect(example(name)['$schema']).toBe('./settings.schema.json');
  });

  test.each<[string, Patch]>([
    ['a misspelt setting', { holdername: 'Example Health' }],
    ['a misspelt setting of the deployment', { deployment: { relayURL: 'ses:' } }],
    ['a misspelt setting of one of several forms', { deployment: { network: { kinds: 'vpc' } } }],
    ['a setting that is missing', { holderName: undefined }],
    ['a word that is none', { trust: { policy: 'any' } }],
    ['a URL of a relay that is none', { deployment: { relayUrl: 'https://relay.example.org' } }],
  ])('marks %s', (_, patch) => {
    expect(check(JSON.parse(JSON.stringify(patched(example('production'), patch))))).toBe(false);
  });

  test('says what each setting is, in the words of the source', () => {
    const { properties = {} } = describedSchema();
    expect(properties['relay']?.properties?.['copiesPerSecond']?.description).toBe(
      'For all workers together.',
    );
    expect(properties['deployment']?.properties?.['receiving']?.description).toMatch(
      /^Whether mail .* Default: `elsewhere` where the settings name a mailbox, else `ses`$/,
    );
  });
});
