import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { LANGUAGES } from '../../../shared/language.ts';
import type { PackageInput } from '../../../shared/package/package-record.ts';
import { PRODUCT } from '../../../shared/package/pages/readme.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { describeWith } from '../../support/needs.ts';
import { packageAndRead, textOf } from '../read-package.ts';
import { inputOf } from '../sample-input.ts';
import { addressesIn, strangers, wordsOf, xmllint } from './xhtml-basic.ts';

const indexOf = (input: Partial<PackageInput> = {}, title = 'Summary of care'): string =>
  textOf(packageAndRead({ ...inputOf(sampleCcda({ title })), ...input }).files['INDEX.HTM']);

const readme = (input: Partial<PackageInput> = {}): string =>
  textOf(packageAndRead({ ...inputOf(sampleCcda()), ...input }).files['README.TXT']);

const HOSTILE = {
  title: '"><script>alert(1)</script><img src="http://evil.example/x"/> & more',
  patient: { ...inputOf().patient, name: { family: '<i>\u0007\ud800', given: ['&amp;'] } },
  sender: {
    ...inputOf().sender,
    name: 'Green </title> Street',
    contact: '<a href="javascript:x">',
  },
};

describe('INDEX.HTM', () => {
  test('says who sent it, for whom, and what is inside', () => {
    expect(wordsOf(indexOf())).toBe(
      [
        'Health record of Ana Lucia Rivera',
        'Green Street Pharmacy sent this copy because the patient asked for it.',
        'Patient Ana Lucia Rivera Date of birth March 9, 1984 Sex Female Patient number MRN-0001',
        'Sent by Green Street Pharmacy Questions to Privacy desk, privacy@green.example',
        'Direct address records@green.example Sent to Dr.Kim@clinic.example',
        'Sent on March 3, 2026, 10:11 UTC',
        'What is inside',
        'If a link does not open, unpack the whole zip file first. Then open this page again.',
        'Summary of care Kind Summary of care Date March 2, 2026',
        'Written by Lee Morgan PharmD From Green Street Pharmacy Size 10 KB',
        'About this package How this package is put together List of the documents for computers',
      ].join(' '),
    );
  });

  test('says it in Spanish to who agreed in Spanish', () => {
    const page = indexOf({ language: 'es' });
    expect(page).toContain('<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="es">');
    expect(wordsOf(page)).toContain(
      [
        'Expediente médico de Ana Lucia Rivera',
        'Green Street Pharmacy envió esta copia porque el paciente la pidió.',
        'Paciente Ana Lucia Rivera Fecha de nacimiento 9 de marzo de 1984 Sexo Femenino',
      ].join(' '),
    );
    expect(page).not.toMatch(/Sent|Date|Written|Female|Patient|inside/);
  });

  test.each(LANGUAGES)('links to files of the package and to nothing else: %s', (language) => {
    const { files } = packageAndRead({ ...inputOf(sampleCcda(), sampleCcda()), language });
    const addresses = addressesIn(textOf(files['INDEX.HTM']));
    expect(addresses).toEqual([
      'IHE_XDM/SUBSET01/DOC00001.XML',
      'IHE_XDM/SUBSET01/DOC00002.XML',
      'README.TXT',
      'IHE_XDM/SUBSET01/METADATA.XML',
    ]);
    expect(Object.keys(files)).toEqual(expect.arrayContaining([...addresses]));
  });

  test.each(LANGUAGES)('is XHTML Basic whatever stands in names and titles: %s', (language) => {
    const page = indexOf(
      { language, patient: HOSTILE.patient, sender: HOSTILE.sender },
      HOSTILE.title,
    );
    expect(strangers(page)).toEqual([]);
    expect(addressesIn(page).filter((address) => !/^[A-Z0-9_/]+\.[A-Z]{3}$/.test(address))).toEqual(
      [],
    );
    expect(wordsOf(page)).toContain('"><script>alert(1)</script>');
  });

  test('the check of XHTML Basic finds what is not of it', () => {
    const page = indexOf();
    const broken = [
      ['<h2>', '<script>x</script><h2>'],
      ['<h2>', 'text<h2>'],
      ['<h2>', '<h2 class="x">'],
      ['<p>', '<p><table><tr></tr></table>'],
    ].map(([old = '', now = '']) => strangers(page.replace(old, now)));
    expect(broken).toEqual([
      ['<script> in <body>', '<script>'],
      ['text in <body>'],
      ['class of <h2>'],
      ['<table> in <p>', 'empty <tr>'],
    ]);
  });
});

describe('README.TXT', () => {
  test('says in both languages whom to ask, with what it was made, and where things lie', () => {
    for (const said of [
      'Institution: Green Street Pharmacy',
      'Institución: Green Street Pharmacy',
      'Contact: Privacy desk, privacy@green.example',
      'Contacto: Privacy desk, privacy@green.example',
      `Product: ${PRODUCT.name} ${PRODUCT.version}`,
      'METADATA.XML      describes each document',
      'METADATA.XML      describe cada documento',
    ]) {
      expect(readme()).toContain(said);
    }
  });

  test('is the same for every patient, and names none', () => {
    const others = {
      patient: HOSTILE.patient,
      recipient: 'another@clinic.example' as PackageInput['recipient'],
      language: 'es' as const,
    };
    expect(readme(others)).toBe(readme());
    expect(readme()).not.toMatch(/Rivera|MRN|clinic\.example/);
  });

  test('cannot be given lines by a name', () => {
    const sender = { ...inputOf().sender, name: 'Green\r\nStreet\u2028Vendor: Evil' };
    expect(readme({ sender }).split('\r\n')).toHaveLength(readme().split('\r\n').length);
  });

  test('the version is that of the product', () => {
    const path = resolve(import.meta.dirname, '../../../package.json');
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
    expect(PRODUCT.version).toBe(version);
  });
});

describeWith(['xmllint'], 'a parser of XML that is not ours', () => {
  test.each(LANGUAGES)('has nothing against INDEX.HTM: %s', (language) => {
    const input = { language, patient: HOSTILE.patient, sender: HOSTILE.sender };
    expect(xmllint(indexOf(input, HOSTILE.title))).toBe('');
  });
});
