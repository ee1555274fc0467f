import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { kept } from '../../infra/cli/batch/kept.ts';
import { linesOf } from '../../infra/cli/batch/lines.ts';
import { cases } from '../support/counts.ts';

/** The lines of a text that comes in these chunks. */
async function linesIn(chunks: readonly string[], longestBytes = 10): Promise<readonly string[]> {
  const lines: string[] = [];
  const input = (async function* () {
    for (const chunk of chunks) yield Buffer.from(chunk);
  })();
  for await (const line of linesOf(input, longestBytes)) {
    lines.push(line === 'too long' ? line : Buffer.from(line).toString());
  }
  return lines;
}

describe('the lines of a stream', () => {
  test.each([
    ['nothing', [], []],
    ['a line', ['a\n'], ['a']],
    ['a line without an end', ['a\nb'], ['a', 'b']],
    ['empty lines', ['\n\na\n\n'], ['', '', 'a', '']],
    ['a line in pieces', ['a', '', 'b', 'c\nd', '\n'], ['abc', 'd']],
    ['a line as long as it may be', ['0123456789\n'], ['0123456789']],
    ['a longer line', ['0123456789', '0\nnext\n'], ['too long', 'next']],
    ['a longer line without an end', ['a\n0123456789', '0'], ['a', 'too long']],
  ])('%s', async (_, chunks, expected) => {
    expect(await linesIn(chunks)).toEqual(expected);
  });

  test('are the same however the stream is cut', async () => {
    const pieces = fc.array(fc.stringMatching(/^[a-c\n]{0,8}$/), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(pieces, async (chunks) => {
        expect(await linesIn(chunks, 5)).toEqual(await linesIn([chunks.join('')], 5));
      }),
      { numRuns: cases(200) },
    );
  });
});

describe('what is kept for a run', () => {
  test('is read once for each name, and again where it could not be read', async () => {
    const asked: string[] = [];
    const read = kept(async (one: string, other: string) => {
      asked.push(`${one}-${other}`);
      if (asked.length === 1) throw new Error('not yet');
      return asked.length;
    });
    await expect(read('a', 'b')).rejects.toThrow('not yet');
    expect([await read('a', 'b'), await read('a', 'b'), await read('ab', '')]).toEqual([2, 2, 3]);
    expect(asked).toEqual(['a-b', 'a-b', 'ab-']);
  });

  test('is not more than a thousand', async () => {
    let reads = 0;
    const read = kept(async (name: string) => `${name} ${(reads += 1)}`);
    for (let at = 0; at < 1000; at++) await read(String(at));
    expect(await read('0')).toBe('0 1');
    await read('one more');
    expect(await read('0')).toBe('0 1002');
  });
});
