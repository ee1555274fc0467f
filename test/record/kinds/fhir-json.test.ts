import { describe, expect, test } from '@jest/globals';
import { checkDocument, type CheckedDocument } from '../../../shared/record/intake.ts';
import { json, sampleBundle } from '../../support/files.ts';

const checked = (bytes: Uint8Array): CheckedDocument => {
  const document = checkDocument(bytes, 'application/fhir+json');
  if (!document.ok) throw new Error(document.failure.code);
  return document.value;
};

const verdictOn = (text: string | Uint8Array): string => {
  const document = checkDocument(Buffer.from(text), 'application/fhir+json');
  return document.ok ? 'accepted' : document.failure.code;
};

const ofNames = (count: number): Uint8Array => {
  const more = Array.from({ length: count - 1 }, (_, index) => [`name-${index}`, index] as const);
  return json({ resourceType: 'Basic', ...Object.fromEntries(more) });
};

const nested = (levels: number): string =>
  `{"resourceType":"Basic","extension":${'['.repeat(levels)}${']'.repeat(levels)}}`;

describe('a FHIR resource in JSON', () => {
  test.each([
    ['a Bundle', sampleBundle()],
    ['any other resource', json({ resourceType: 'ExplanationOfBenefit' })],
    ['of the depth of the bound', nested(199)],
    [
      'with brackets and quotes in its texts',
      json({ resourceType: 'Basic', id: `${'[{'.repeat(300)}"\\`, language: 'x' }),
    ],
    [
      'with a name again in another object, as a value, and in a list',
      json({
        resourceType: 'Basic',
        id: 'id',
        extension: [{ id: 'id' }, { id: 'a' }, 'id', 'id', {}, []],
        contained: [],
        meta: { id: 'id', resourceType: 'Basic' },
      }),
    ],
    ['of as many names in an object as the bound', ofNames(256)],
  ])('is accepted: %s', (_, bytes) => {
    expect(verdictOn(bytes)).toBe('accepted');
  });

  test.each([
    ['record/not-fhir', 'nothing', ''],
    ['record/not-fhir', 'XML', '<Bundle xmlns="http://hl7.org/fhir"/>'],
    ['record/not-fhir', 'no object', '["resourceType"]'],
    ['record/not-fhir', 'null', 'null'],
    ['record/not-fhir', 'another object', '{"name":"Rivera"}'],
    ['record/not-fhir', 'a type that is no text', '{"resourceType":["Bundle"]}'],
    ['record/not-fhir', 'a type that is no name', '{"resourceType":"a b"}'],
    ['record/not-fhir', 'a type by inheritance', '{"__proto__":{"resourceType":"Bundle"}}'],
    ['record/not-fhir', 'half of it', sampleBundle().subarray(0, -1)],
    ['record/not-fhir', 'half a text', '{"resourceType":"Bundle'],
    ['record/not-fhir', 'a text that ends in a backslash', '{"resourceType":"Bundle\\'],
    ['record/not-fhir', 'two of them', '{"resourceType":"Basic"}{"resourceType":"Basic"}'],
    ['record/not-fhir', 'a name twice', '{"resourceType":"Basic","id":"a","id":"a"}'],
    [
      'record/not-fhir',
      'a name twice, with other values between',
      '{"resourceType":"Patient","identifier":[{"value":"B"}],"x":{},"identifier":[{"value":"A"}]}',
    ],
    [
      'record/not-fhir',
      'a name twice, spelled differently',
      '{"resourceType":"Basic","id":"a","\\u0069d":"b"}',
    ],
    [
      'record/not-fhir',
      'a name twice, deep inside',
      '{"resourceType":"Basic","extension":[{},{"url":"x", "a":["\\"",1], "url" :"y"}]}',
    ],
    ['record/not-fhir', 'a name with an escape that is none', '{"resourceType":"Basic","\\x":1}'],
    ['record/not-fhir', 'Latin-1', Buffer.from('{"resourceType":"Basic","id":"é"}', 'latin1')],
    ['record/too-deep', 'nesting beyond the bound', nested(200)],
    ['record/too-deep', 'nesting without an end', '['.repeat(1_000_000)],
    ['record/too-complex', 'more names in an object than any real resource', ofNames(257)],
    [
      'record/too-complex',
      'more values than any real bundle',
      `{"resourceType":"Basic","extension":[${'0,'.repeat(2_000_000)}0]}`,
    ],
  ])('%s: %s', (code, _, text) => {
    expect(verdictOn(text)).toBe(code);
  });
});

const ANA = { system: 'urn:oid:1.2.3', value: 'A1' };
const patient = (...identifier: readonly unknown[]) => ({ resourceType: 'Patient', identifier });

describe('whom a FHIR resource is about', () => {
  test.each([
    ['a Patient', patient(ANA)],
    ['one in a Bundle', { resourceType: 'Bundle', entry: [{ resource: patient(ANA) }] }],
    [
      'one in a Bundle in a Bundle',
      {
        resourceType: 'Bundle',
        entry: [{ resource: { resourceType: 'Bundle', entry: [{ resource: patient(ANA) }] } }],
      },
    ],
    ['one that is contained', { resourceType: 'Observation', contained: [patient(ANA)] }],
    [
      'one in Parameters',
      { resourceType: 'Parameters', parameter: [{ name: 'member', resource: patient(ANA) }] },
    ],
    [
      'one in a part of Parameters',
      { resourceType: 'Parameters', parameter: [{ part: [{ resource: patient(ANA) }] }] },
    ],
  ])('is said by the identifiers of %s', (_, resource) => {
    expect(checked(json(resource)).identifiers).toEqual([ANA]);
  });

  test.each([
    ['no Patient', { resourceType: 'Observation', identifier: [ANA] }],
    ['a Patient without identifiers', { resourceType: 'Patient' }],
    ['identifiers that are none', patient(null, 'A1', {}, { value: 7 }, { system: 'x' })],
    ['lists that are none', { resourceType: 'Patient', identifier: ANA }],
  ])('is not said by %s', (_, resource) => {
    expect(checked(json(resource)).identifiers).toBeUndefined();
  });

  test('a number without a system counts, and is nobody’s', () => {
    expect(checked(json(patient({ value: 'A1' }))).identifiers).toEqual([
      { system: '', value: 'A1' },
    ]);
  });
});

const label = (
  code: string,
  system = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
) => ({ system, code });
const confidentialityOf = (resource: object): string =>
  checked(json({ resourceType: 'Basic', ...resource })).sensitivity.confidentiality;

describe('how confidential a FHIR resource is', () => {
  test.each([
    ['by its label', { meta: { security: [label('R')] } }, 'R'],
    [
      'by a label as STU3 writes it',
      { meta: { security: [label('R', 'http://hl7.org/fhir/v3/Confidentiality')] } },
      'R',
    ],
    [
      'by a label under the OID of its system',
      { meta: { security: [label('V', 'urn:oid:2.16.840.1.113883.5.25')] } },
      'V',
    ],
    ['by the strictest of its labels', { meta: { security: [label('V'), label('N')] } }, 'V'],
    [
      'by the label of a resource in it',
      { entry: [{ resource: { resourceType: 'Basic', meta: { security: [label('R')] } } }] },
      'R',
    ],
    ['as its Composition says', { resourceType: 'Composition', confidentiality: 'V' }, 'V'],
    ['normal without any', {}, 'N'],
    ['normal by a code that is none', { meta: { security: [label('constructor')] } }, 'N'],
    [
      'normal by a label of another system',
      { meta: { security: [{ system: 'urn:local', code: 'R' }] } },
      'N',
    ],
  ])('%s', (_, resource, expected) => {
    expect(confidentialityOf(resource)).toBe(expected);
  });
});

test('hostile files cost little', () => {
  const texts = ['['.repeat(4_000_000), `"${'\\'.repeat(4_000_000)}`, '{"a":'.repeat(800_000)];
  const before = process.cpuUsage();
  for (const text of texts) expect(verdictOn(text)).not.toBe('accepted');
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2_000);
});

test('a million values, contained in a hundred resources around them, cost little', () => {
  const depth = 98;
  const text = [
    '{"resourceType":"Basic","contained":['.repeat(depth),
    '0,'.repeat(1_000_000),
    `0${']}'.repeat(depth)}`,
  ].join('');
  const before = process.cpuUsage();
  expect(verdictOn(text)).toBe('accepted');
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2_000);
});
