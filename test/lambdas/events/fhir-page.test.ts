import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { kindOfType } from '../../../shared/trigger/fhir/kind.ts';
import { type Differing, httpWorld, SYSTEM } from '../http-world.ts';
import { consented } from '../steps.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/events.md'), 'utf8');
const SECTION = PAGE.split('\n## FHIR notifications\n')[1] ?? '';
const between = (start: string, end: string): string =>
  SECTION.split(start)[1]?.split(end)[0] ?? '';

describe('docs/events.md', () => {
  test('has a notification that is taken as it stands there', async () => {
    const world = await httpWorld();
    await consented(world);
    const { status, body } = await world.ask('POST /v1/events', {
      as: SYSTEM,
      body: between("<<'JSON'\n", '\nJSON\n'),
      headers: { 'content-type': 'application/fhir+json' },
    });
    expect({ status, body }).toMatchObject({
      status: 202,
      body: { results: [{ result: 'accepted' }] },
    });
  });

  test('says of each focus what it is with ids only', () => {
    const rows = [...SECTION.matchAll(/^\| `([A-Z]\w+)` +\| `([a-z-]+)` /gm)];
    expect(rows.map(([, type]) => type)).toEqual([
      'Encounter',
      'DiagnosticReport',
      'ImagingStudy',
      'ExplanationOfBenefit',
    ]);
    for (const [, type, kind] of rows) expect(kindOfType(type ?? '')).toBe(kind);
  });

  test('has settings that are taken as they stand there', async () => {
    const written = `{"triggers${between('```json\n"triggers', '```')}}`;
    const { settings } = await httpWorld(JSON.parse(written) as Differing);
    expect(Object.values(settings.triggers.fhirTopics)).toEqual(settings.triggers.kinds);
    expect(settings.triggers.kinds).not.toEqual([]);
  });
});
