import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ConsentView } from '../../portal/api/views.ts';
import { isGenuine } from '../../portal/terms/genuine.ts';
import { blocksOf, spansOf } from '../../portal/terms/markdown.ts';
import { signatureIn } from '../../portal/terms/signature.ts';
import { hasChanged, signedBy } from '../../portal/terms/standing.ts';
import { PERSONAL_NAME } from '../../shared/characters.ts';
import { sha256 } from '../../shared/ids.ts';

const TEXTS = join(import.meta.dirname, '../../infra/config/consent-texts');
const FILES = globSync('*/*.md', { cwd: TEXTS }).sort();
const textOf = (file: string): string => readFileSync(join(TEXTS, file), 'utf8');

describe('a consent text', () => {
  test.each(FILES)('%s is shown with every word, and none of the marks', (file) => {
    const blocks = blocksOf(textOf(file));
    const shown = blocks.flatMap(({ lines }) => lines.flatMap(spansOf)).map(({ text }) => text);
    const unmarked = textOf(file)
      .replaceAll(/^(#+|-) /gm, '')
      .replaceAll('**', '');
    expect(shown.join('').replaceAll(/\s/g, '')).toBe(unmarked.replaceAll(/\s/g, ''));
    expect(shown.filter((text) => /[#*]/.test(text))).toEqual([]);
    expect(blocks.map(({ tag }) => tag).join(' ')).toBe('h3 p h4 ul h4 ul h4 ul h4 ul h4 ul p');
  });

  test('keeps its order: what stands under what', () => {
    const text = '# Title\nright below\nand on\n\n* one\n- two\n  goes on\n\n- three\n## Next';
    expect(blocksOf(text)).toEqual([
      { tag: 'h3', lines: ['Title'] },
      { tag: 'p', lines: ['right below and on'] },
      { tag: 'ul', lines: ['one', 'two goes on'] },
      { tag: 'ul', lines: ['three'] },
      { tag: 'h4', lines: ['Next'] },
    ]);
  });

  test('has bold words where two stars are on both sides of them', () => {
    const spans = spansOf('You ask **Green Street** and **nobody** else');
    expect(spans.filter(({ isStrong }) => isStrong).map(({ text }) => text)).toEqual([
      'Green Street',
      'nobody',
    ]);
    expect(spansOf('2 ** 3 and ****')).toEqual([{ text: '2 ** 3 and ****', isStrong: false }]);
  });

  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[click](javascript:alert(1))',
    '![](https://example.net/pixel)',
    '#no heading',
    '-no item',
    '1. one',
    '> quoted',
    '`code`',
    '&lt;b&gt;',
  ])('is only words, whatever is in it: %s', (hostile) => {
    expect(blocksOf(hostile)).toEqual([{ tag: 'p', lines: [hostile] }]);
    expect(spansOf(hostile)).toEqual([{ text: hostile, isStrong: false }]);
  });

  test('of any length is read in no time', () => {
    const started = performance.now();
    blocksOf(`${'# '.repeat(50_000)}\n${' '.repeat(100_000)}\n${'- \n'.repeat(50_000)}`);
    spansOf('**'.repeat(5000));
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('is the published one when its hash says so, and no other is', async () => {
    const text = textOf(FILES[0] ?? '');
    const hash = sha256(text);
    expect(await isGenuine({ text, sha256: hash })).toBe(true);
    expect(await isGenuine({ text: `${text} `, sha256: hash })).toBe(false);
  });
});

describe('a name to sign with', () => {
  test('is what the API takes, character by character', () => {
    const differing = Array.from({ length: 0x11_0000 }, (_, code) => code).filter((code) => {
      const name = `A${String.fromCodePoint(code)}B`;
      return (signatureIn(name) === undefined) === PERSONAL_NAME.test(name);
    });
    expect(differing).toEqual([]);
  });

  test('stands without the blanks that were pasted with it', () => {
    expect(signatureIn('  Ana Rivera \u00a0')).toBe('Ana Rivera');
    expect(signatureIn(' \u00a0 ')).toBeUndefined();
    expect(signatureIn('')).toBeUndefined();
  });

  test('has 200 characters at most', () => {
    expect(signatureIn('n'.repeat(200))).toHaveLength(200);
    expect(signatureIn('n'.repeat(201))).toBeUndefined();
  });
});

describe('what was answered before', () => {
  const text = { language: 'en', version: '2026-11-22', sha256: 'aa', text: '' };
  const last = {
    id: 'con_1',
    patientId: 'ana',
    decision: 'accepted',
    text: { language: 'en', version: '2026-11-22', sha256: 'aa' },
    actor: { kind: 'patient', subject: 'user-17' },
    signatureName: 'Ana Rivera',
    at: '2026-11-22T12:00:00.000Z',
  } as const satisfies ConsentView;
  const said = (change: object | undefined) => ({ text, last: change && { ...last, ...change } });

  test('is not asked again of the patient who signed this very text', () => {
    expect(signedBy(said({}), true)).toEqual(last);
    expect(hasChanged(said({}))).toBe(false);
  });

  test('is asked again when the text is newer, and that is said', () => {
    const older = said({ text: { ...last.text, version: '2026-11-21', sha256: 'bb' } });
    expect(signedBy(older, true)).toBeUndefined();
    expect(hasChanged(older)).toBe(true);
  });

  test.each([
    ['nothing', undefined],
    ['a no', { decision: 'rejected' }],
    [
      'a no to an older text',
      { decision: 'rejected', text: { ...last.text, version: '2026-11-21' } },
    ],
    ['a yes that was taken back', { decision: 'withdrawn' }],
    ['the text in another language', { text: { ...last.text, language: 'es', sha256: 'bb' } }],
    ['a yes of somebody else', { actor: { kind: 'representative', subject: 'user-18' } }],
    ['a yes without a name', { signatureName: undefined }],
  ])('is asked anew after %s', (_, change) => {
    expect(signedBy(said(change), true)).toBeUndefined();
    expect(hasChanged(said(change))).toBe(false);
  });

  test('is asked of whoever acts for a patient, also when the patient has signed', () => {
    expect(signedBy(said({}), false)).toBeUndefined();
  });
});
