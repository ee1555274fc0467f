import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { describeWith, SHARED } from '../../support/needs.ts';
import { told, type ToldCase } from '../conformance/told-case.ts';
import { ETT_CASES, ETT_XDR_CASES } from '../support/ett.ts';
import { ettSection } from '../page/ett-section.ts';
import { sectionOf } from '../page/marks.ts';
import { readPage } from '../page/page-file.ts';
import { NOT_ABOUT_US } from './xdr/not-applicable.ts';

const hold = (cases: readonly ToldCase[]): void =>
  test.each(cases.map((each) => [each.id, each.about, each] as const))(
    '%s: %s',
    async (_id, _about, each) => {
      expect(await told(each)).toBe(each.expected);
    },
  );

describe('a case of the certification tool', () => {
  hold(ETT_CASES);

  test('has a name of its own', () => {
    const ids = [...ETT_CASES, ...ETT_XDR_CASES].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describeWith(['shared', 'xmllint'], 'a case of the certification tool about XDR', () => {
  hold(ETT_XDR_CASES);

  test('comes out as docs/interop.md says', async () => {
    expect(sectionOf(readPage(), 'ett')).toBe(await ettSection());
  });

  test('is one of ours, or named as one that is not about us, and nothing else is', () => {
    const rows = readFileSync(join(SHARED, 'facts/ett-cases.tsv'), 'utf8')
      .split('\n')
      .map((line) => line.split('\t'))
      .filter(([set]) => set === 'xdr-json')
      .map(([, , name = '']) => name);
    const ours = ETT_XDR_CASES.map(({ id }) => id).filter((id) => !/ (?:by|without) /.test(id));
    expect([...ours, ...Object.keys(NOT_ABOUT_US)].toSorted()).toEqual(rows.toSorted());
  });
});
