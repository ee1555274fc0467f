import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { jsonIn } from '../../shared/edge/http/json.ts';
import { done } from '../../shared/outcome.ts';
import { cases } from '../support/counts.ts';
import { cpuMsOf } from '../support/cpu.ts';

const read = (text: string | Uint8Array) =>
  jsonIn(typeof text === 'string' ? Buffer.from(text) : text);
const faultOf = (text: string | Uint8Array) => {
  const outcome = read(text);
  return outcome.ok ? undefined : outcome.failure.faults?.[0]?.code;
};

describe('JSON', () => {
  test.each<[string, string, string | Uint8Array]>([
    ['duplicate-name', 'a name twice', '{"a":1,"b":2,"a":1}'],
    ['duplicate-name', 'a name twice, once escaped', '{"a":1,"\\u0061":2}'],
    ['duplicate-name', 'an empty name twice', '{"":1,"":2}'],
    ['duplicate-name', 'deep within', '[{"a":[{"b":{"c":1,"d":[],"c":2}}]}]'],
    ['duplicate-name', 'behind what looks like structure', '{"a":"}{,\\"a\\":","a":1}'],
    ['duplicate-name', 'behind an object that is over', '{"a":{"b":1},"a":{"c":1}}'],
    ['forbidden-name', '__proto__', '{"a":{"__proto__":{}}}'],
    ['forbidden-name', 'constructor, escaped', '{"c\\u006fnstructor":1}'],
    ['forbidden-name', 'prototype', '[{"prototype":null}]'],
    ['half-character', 'half a pair as a value', '{"a":"\\ud83d"}'],
    ['half-character', 'the other half as a name', '{"\\ude00":1}'],
    ['half-character', 'a pair the wrong way round', '["\\ude00\\ud83d"]'],
    ['inexact-number', 'more than there is', '[1e999]'],
    ['inexact-number', 'less than there is', '{"a":-1e999}'],
    ['inexact-number', 'an integer that would become another', '9007199254740993'],
    ['not-json', 'bytes that are no UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22])],
    ['not-json', 'half a character in UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['not-json', 'a byte order mark', Buffer.from('\ufeff{}')],
    ['not-json', 'UTF-16', Buffer.from('{}', 'utf16le')],
    ['not-json', 'NaN', '[NaN]'],
    ['not-json', 'a comment', '{}//'],
    ['not-json', 'two values', '{}{}'],
    ['too-deep', '17 of them', '['.repeat(17) + ']'.repeat(17)],
    ['too-deep', 'a quarter of a million', '['.repeat(131_000) + ']'.repeat(131_000)],
    ['too-many-values', 'ten thousand and some', JSON.stringify(Array(10_001).fill(1))],
    ['too-many-values', 'as many as fit into the bytes', `[${'0,'.repeat(131_000)}0]`],
    ['too-large', 'more than 256 KiB', JSON.stringify('x'.repeat(256 * 1024))],
  ])('is refused as %s: %s', (code, _, text) => {
    expect(faultOf(text)).toBe(code);
  });

  test.each([
    ['the same name in two objects', '[{"a":1},{"a":2}]'],
    ['the same name within and without', '{"a":{"a":{"a":1}}}'],
    ['a name again as a value', '{"a":"a","b":"a"}'],
    ['names that differ in case, or in composition', '{"a":1,"A":2,"é":3,"e\u0301":4}'],
    ['a whole pair, escaped', '{"a":"\\ud83d\\ude00"}'],
    ['quotes and backslashes', '{"a\\"":"\\\\","b":"\\"a\\":"}'],
    ['the last integer that is itself', '9007199254740991'],
    ['names of every object', '{"toString":1,"hasOwnProperty":2}'],
    ['nothing', 'null'],
  ])('is read: %s', (_, text) => {
    expect(read(text)).toEqual(done(JSON.parse(text)));
  });

  test('any value reads as what it was written from', () => {
    const value = fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' }).filter(isOrdinary);
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, '\t'), (made, indent) => {
        expect(read(JSON.stringify(made, undefined, indent))).toEqual(
          done(JSON.parse(JSON.stringify(made))),
        );
      }),
      { numRuns: cases(300) },
    );
  });

  test('an object with a member once more is refused, wherever that stands', () => {
    const names = fc.uniqueArray(fc.string({ unit: 'grapheme', maxLength: 9 }).filter(isHarmless), {
      minLength: 1,
      maxLength: 6,
    });
    const value = fc.jsonValue({ maxDepth: 2, stringUnit: 'grapheme' }).filter(isOrdinary);
    fc.assert(
      fc.property(names, value, fc.nat(), fc.nat(), (all, each, from, to) => {
        const member = (name: string): string => `${JSON.stringify(name)}:${JSON.stringify(each)}`;
        const members = all.map(member);
        members.splice(to % (members.length + 1), 0, member(all[from % all.length] ?? ''));
        expect(faultOf(`[{"x":{${members.join(',')}}}]`)).toBe('duplicate-name');
      }),
      { numRuns: cases(300) },
    );
  });

  test('whatever the bytes, they are read or refused, and never anything else', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .string({
          unit: fc.constantFrom(...'{ } [ ] , : " \\ u 0 a 1 e - + . t n'.split(' '), ' '),
        })
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, (made) => {
        const outcome = read(made);
        expect(outcome.ok || outcome.failure.code === 'edge/malformed').toBe(true);
      }),
      { numRuns: cases(500) },
    );
  });

  test.each([
    ['names', `{${Array.from({ length: 9000 }, (_, n) => `"${'n'.repeat(16)}${n}":1`).join(',')}}`],
    ['escapes', `"${'\\u0041'.repeat(43_000)}"`],
    ['quotes', `["${'\\"'.repeat(130_000)}"]`],
    ['commas', `[${'1,'.repeat(9000)}1]`],
  ])('of 256 KiB of %s is read in no time', (_, text) => {
    expect(read(text).ok).toBe(true);
    expect(cpuMsOf(() => read(text))).toBeLessThan(150);
  });
});

const POLLUTING = ['__proto__', 'constructor', 'prototype'];
const isHarmless = (name: string): boolean => name.isWellFormed() && !POLLUTING.includes(name);

/** Without what is refused on purpose. */
function isOrdinary(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, child]) => isHarmless(name) && isOrdinary(child));
}
