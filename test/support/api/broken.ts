import * as fc from 'fast-check';

/** Text that has opened doors elsewhere. */
export const TRICKY = [
  '',
  ' ',
  '\u0000',
  'a\r\nset-cookie: x=1',
  '\r\n\r\n<html>',
  '\u202eabc',
  'ａｎａ',
  'ana\u200b',
  '\ud800',
  '../../etc/passwd',
  "'; --",
  '${jndi:x}',
  '__proto__',
  'constructor',
  'dr.lee@direct.clinic.example\r\nBcc: x@y.example',
  'dr.lee@dirеct.clinic.example',
  '"dr lee"@direct.clinic.example',
  'x@[127.0.0.1]',
  'a'.repeat(5000),
  '2026-02-30T25:61:00Z',
  '9'.repeat(400),
  'http://169.254.169.254/latest',
] as const;

const WRONG = [null, true, false, 0, -1, 1.5, 1e308, [], {}, [[]], { a: 1 }, ...TRICKY] as const;

/** The value with one thing in it that is not as it should be. */
export const spoiling = (value: unknown): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.nat(),
      fc.oneof(fc.constant('replace' as const), fc.constantFrom(...KINDS)),
      fc.constantFrom<unknown>(...WRONG),
      fc.string(),
    )
    .map(([at, kind, wrong, name]) => {
      const places = placesIn(value);
      const place = places[at % places.length] ?? [];
      return changed(value, place, (old) => spoiled(old, kind, wrong, name));
    });

const KINDS = ['replace', 'add', 'drop', 'nest', 'repeat', 'pollute'] as const;

function spoiled(
  old: unknown,
  kind: (typeof KINDS)[number],
  wrong: unknown,
  name: string,
): unknown {
  switch (kind) {
    case 'replace':
      return wrong;
    case 'add':
      return isObject(old) ? { ...old, [name]: wrong } : [old, wrong];
    case 'drop':
      return isObject(old) ? Object.fromEntries(Object.entries(old).slice(1)) : undefined;
    case 'nest':
      return Array.from({ length: 60 }).reduce<unknown>((inner) => [inner], old);
    case 'repeat':
      return Array.from({ length: 300 }, () => old);
    case 'pollute':
      return JSON.parse(
        `{"__proto__":${JSON.stringify(wrong) ?? '1'},"constructor":{"prototype":{"x":1}}}`,
      );
  }
}

type Place = readonly (string | number)[];

/** Where something stands in it: itself, and all that is inside. */
function placesIn(value: unknown): readonly Place[] {
  const inside = Array.isArray(value)
    ? value.flatMap((each, at) => placesIn(each).map((place) => [at, ...place]))
    : isObject(value)
      ? Object.entries(value).flatMap(([name, each]) =>
          placesIn(each).map((place) => [name, ...place]),
        )
      : [];
  return [[], ...inside];
}

function changed(
  value: unknown,
  [first, ...rest]: Place,
  change: (old: unknown) => unknown,
): unknown {
  if (first === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((each, at) => (at === first ? changed(each, rest, change) : each));
  }
  const object = value as Record<string, unknown>;
  return { ...object, [first]: changed(object[first], rest, change) };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Bodies that are no JSON, or too much of it. */
export const NO_JSON: readonly Uint8Array[] = [
  Buffer.alloc(0),
  Buffer.from('{'),
  Buffer.from('null'),
  Buffer.from('"text"'),
  Buffer.from('[1,2'),
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
  Buffer.from('{"a":1,"a":2}'),
  Buffer.from('['.repeat(100_000)),
  Buffer.from(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`),
  Buffer.from(`[${'0,'.repeat(60_000)}0]`),
  Buffer.from(`{"a":"${'x'.repeat(300_000)}"}`),
  Buffer.from('{"a":\u00001}'),
  Buffer.from('NaN'),
  Buffer.from('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
];

export const MEDIA_TYPES = [
  '',
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/xml',
  'text/xml',
  'application/fhir+json; fhirVersion=9.9',
  'application/fhir+json',
  'x-application/hl7-v2+er7',
  'message/rfc822',
  'multipart/related; boundary=""',
  'multipart/related; boundary="a"; type="application/xop+xml"; start="<x>"',
  'application/soap+xml',
  'application/pdf',
  '__proto__',
  'APPLICATION/JSON',
  'application/json\u0000',
] as const;
