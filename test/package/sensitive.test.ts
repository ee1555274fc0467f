import { describe, expect, test } from '@jest/globals';
import { LANGUAGES } from '../../shared/language.ts';
import { packageRecord, type PackageInput } from '../../shared/package/package-record.ts';
import { withPages } from '../../shared/package/rendering/document-files.ts';
import { isSensitive } from '../../shared/package/sensitive.ts';
import type { SensitiveSettings } from '../../shared/settings.ts';
import { sampleCcda } from '../support/ccda.ts';
import { describeWith } from '../support/needs.ts';
import { strangers, wordsOf } from './pages/xhtml-basic.ts';
import { packageAndRead, textOf } from './read-package.ts';
import { inputOf } from './sample-input.ts';
import { validates } from './tools.ts';

const DEFAULT: SensitiveSettings = inputOf().sensitive;

const marked = (confidentiality: string, title = 'Summary of care'): Uint8Array =>
  sampleCcda({ confidentiality, title, documentId: { root: '1.2.3', extension: title } });

const [PLAIN, RESTRICTED, VERY] = [marked('N'), marked('R', 'Restricted'), marked('V', 'Very')];

const inMode = (mode: SensitiveSettings['mode'], ...documents: readonly Uint8Array[]) => ({
  ...inputOf(...documents),
  sensitive: { ...DEFAULT, mode },
});

/** As the staff released them. */
const released = (input: PackageInput): PackageInput => ({
  ...input,
  documents: input.documents.map(({ document, bytes }) => ({
    bytes,
    document: { ...document, released: { sha256: document.sha256, by: 'staff', at: '' } },
  })),
});

const outcomeOf = (input: PackageInput) => {
  const bundle = packageRecord(input);
  if (!bundle.ok) return bundle.failure.code;
  const { documents, excluded, notice, confidentiality } = bundle.value;
  return { sent: documents.map(({ title }) => title), excluded, notice, confidentiality };
};

const NOTICES = {
  en: 'Federal or state law may forbid you to pass them on to others',
  es: 'Una ley federal o estatal puede prohibirle darlos a otros',
} as const;

describe('a document is sensitive', () => {
  const normal = { confidentiality: 'N' } as const;
  test.each([
    ['by its code', { confidentiality: 'R' }, {}, true],
    ['by the strictest code', { confidentiality: 'V' }, {}, true],
    ['not when it is normal', normal, {}, false],
    ['by its type', { ...normal, typeCode: '11506-3' }, { documentTypes: ['11506-3'] }, true],
    [
      'not by another type',
      { ...normal, typeCode: '34133-9' },
      { documentTypes: ['11506-3'] },
      false,
    ],
    ['not without a type', normal, { documentTypes: ['11506-3'] }, false],
    [
      'by the codes of the setting',
      { confidentiality: 'R' },
      { confidentialityCodes: ['V'] },
      false,
    ],
  ] as const)('%s', (_what, said, rules, expected) => {
    expect(isSensitive(said, { ...DEFAULT, ...rules } as SensitiveSettings)).toBe(expected);
  });
});

describe('send', () => {
  test('is what happens unless a setting says otherwise, and tells nobody anything', () => {
    expect(DEFAULT).toEqual({ mode: 'send', confidentialityCodes: ['R', 'V'], documentTypes: [] });
    expect(outcomeOf(inputOf(PLAIN, RESTRICTED))).toEqual({
      sent: ['Summary of care', 'Restricted'],
      excluded: 0,
      notice: false,
      confidentiality: 'R',
    });
    const { files } = packageAndRead(inputOf(RESTRICTED));
    expect(textOf(files['README.TXT']) + textOf(files['INDEX.HTM'])).not.toContain(NOTICES.en);
  });
});

describe('send-with-notice', () => {
  test.each(LANGUAGES)(
    'tells the recipient on the page, and in README.TXT in every language: %s',
    (language) => {
      const input = {
        ...inMode('send-with-notice', PLAIN, RESTRICTED),
        language,
        makePages: withPages,
      };
      const { files } = packageAndRead(input);
      expect(wordsOf(textOf(files['INDEX.HTM']))).toContain(NOTICES[language]);
      expect(strangers(textOf(files['INDEX.HTM']))).toEqual([]);
      for (const each of LANGUAGES) expect(textOf(files['README.TXT'])).toContain(NOTICES[each]);
      const pages = ['DOC00001.HTM', 'DOC00002.HTM'].map((name) =>
        textOf(files[`IHE_XDM/SUBSET01/${name}`]),
      );
      expect(pages.map((page) => wordsOf(page).includes(NOTICES[language]))).toEqual([false, true]);
      expect(outcomeOf(input)).toMatchObject({ notice: true, excluded: 0 });
    },
  );

  test('tells nothing of a record that has nothing sensitive', () => {
    const { files } = packageAndRead(inMode('send-with-notice', PLAIN));
    expect(textOf(files['README.TXT']) + textOf(files['INDEX.HTM'])).not.toContain(NOTICES.en);
    expect(outcomeOf(inMode('send-with-notice', PLAIN))).toMatchObject({ notice: false });
  });
});

describe('hold', () => {
  test('record/held: a sensitive document that nobody released', () => {
    expect(outcomeOf(inMode('hold', PLAIN, RESTRICTED))).toBe('record/held');
    expect(outcomeOf(inMode('hold', PLAIN))).toMatchObject({ sent: ['Summary of care'] });
  });

  test('sends what was released, and nothing that came after', () => {
    const input = released(inMode('hold', PLAIN, RESTRICTED));
    expect(outcomeOf(input)).toMatchObject({
      sent: ['Summary of care', 'Restricted'],
      notice: false,
    });
    const [plain, restricted] = input.documents;
    const other = inputOf(VERY).documents[0]!;
    const newer = {
      bytes: other.bytes,
      document: { ...other.document, released: restricted!.document.released! },
    };
    expect(outcomeOf({ ...input, documents: [plain!, newer] })).toBe('record/held');
  });
});

describe('exclude', () => {
  test('leaves out what is sensitive, and says so without saying why', () => {
    const input = inMode('exclude', RESTRICTED, PLAIN, VERY);
    expect(outcomeOf(input)).toEqual({
      sent: ['Summary of care'],
      excluded: 2,
      notice: false,
      confidentiality: 'N',
    });
    const { files, entries } = packageAndRead(input);
    expect(Object.keys(files).filter((name) => name.includes('DOC'))).toEqual([
      'IHE_XDM/SUBSET01/DOC00001.XML',
    ]);
    expect(entries).toHaveLength(1);
    const page = wordsOf(textOf(files['INDEX.HTM']));
    expect(page).toContain(
      'This is not the whole record. Green Street Pharmacy has rules about what may be sent, and left out 2 documents.',
    );
    expect(page).not.toMatch(/sensitive|restricted/i);
  });

  test('says it in the language of the request, and of one document as of one', () => {
    const input = { ...inMode('exclude', PLAIN, VERY), language: 'es' as const };
    const page = wordsOf(textOf(packageAndRead(input).files['INDEX.HTM']));
    expect(page).toContain('no incluyó un documento.');
  });

  test('says nothing where nothing is left out', () => {
    const { files } = packageAndRead(inMode('exclude', PLAIN));
    expect(wordsOf(textOf(files['INDEX.HTM']))).not.toContain('not the whole record');
  });

  test('record/excluded: nothing remains', () => {
    expect(outcomeOf(inMode('exclude', RESTRICTED, VERY))).toBe('record/excluded');
  });
});

describe('the confidentiality of a submission', () => {
  test.each([
    [[PLAIN], 'N', undefined, undefined],
    [[PLAIN, RESTRICTED], 'R', 'Confidentiality: R (restricted)', 'Privacy Restricted'],
    [
      [VERY, RESTRICTED, PLAIN],
      'V',
      'Confidentiality: V (very restricted)',
      'Privacy Very restricted',
    ],
  ] as const)('is the strictest of its documents: %#', (documents, code, comments, row) => {
    const input = inputOf(...documents);
    const { set, files } = packageAndRead(input);
    expect(outcomeOf(input)).toMatchObject({ confidentiality: code });
    expect(set.comments).toBe(comments);
    const page = wordsOf(textOf(files['INDEX.HTM']));
    expect(/Privacy (?:Very restricted|Restricted)/.exec(page)?.[0]).toBe(row);
  });
});

describeWith(['shared', 'xmllint'], 'the schema of ebRIM', () => {
  test('has nothing against a set whose comments say its confidentiality', () => {
    const { metadata } = packageAndRead(inputOf(RESTRICTED));
    expect(metadata).toContain('<Description>');
    expect(validates('metadata', metadata)).toBe('good');
  });
});
