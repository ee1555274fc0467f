import { describe, expect, test } from '@jest/globals';
import { codeOf, leafOf, authorityOf, read, rootOf } from '../support/chains.ts';
import {
  cachedKeys,
  COMMON_NAME,
  COUNTRY,
  EMAIL_ADDRESS,
  ORGANIZATION,
  type NamePart,
} from '../support/pki.ts';

const US: NamePart = { type: COUNTRY, text: 'US', encoding: 'printable' };
const clinic = (text: string, encoding: NamePart['encoding'] = 'utf8'): NamePart => ({
  type: ORGANIZATION,
  text,
  encoding,
});

/** Whether one who is called the first issued what names the second as its issuer. */
async function chain(subject: readonly NamePart[], issuer: readonly NamePart[]): Promise<boolean> {
  const root = await rootOf();
  const keys = await cachedKeys('called', { ec: 'P-256' });
  const called = await authorityOf(root, 'called', { subject, keys });
  const signing = await authorityOf(root, 'called', { subject: issuer, keys });
  const leaf = await leafOf(signing);
  const between = [read(called.certificate)];
  return codeOf({ leaf, between, root: read(root.certificate) }) === 'valid';
}

describe('names are the same', () => {
  test.each<[string, readonly NamePart[], readonly NamePart[]]>([
    ['in other cases', [US, clinic('Clinic')], [US, clinic('cLINIC')]],
    ['with other blanks', [clinic('Good  Clinic')], [clinic('  Good Clinic ')]],
    ['as UTF8String and PrintableString', [clinic('Clinic')], [clinic('CLINIC', 'printable')]],
    ['as UTF8String and BMPString', [clinic('Clínic')], [clinic('CLÍNIC', 'bmp')]],
    ['as UTF8String and UniversalString', [clinic('Clínic')], [clinic('CLÍNIC', 'universal')]],
    ['with controls', [clinic('Good Clinic')], [clinic('Go\u0001od\u0085Clin\u0000ic\u009f')]],
    ['composed and decomposed', [clinic('Cl\u00ednic')], [clinic('Cli\u0301nic')]],
    ['with a sharp s and two letters', [clinic('Straße')], [clinic('STRASSE')]],
    ['with letters that nobody sees', [clinic('Clinic')], [clinic('Cli\u00adnic')]],
  ])('%s', async (_, one, other) => {
    expect(await chain(one, other)).toBe(true);
  });
});

describe('names are not the same', () => {
  test.each<[string, readonly NamePart[], readonly NamePart[]]>([
    ['in another order', [US, clinic('Clinic')], [clinic('Clinic'), US]],
    ['of another type', [clinic('Clinic')], [{ type: COMMON_NAME, text: 'Clinic' }]],
    ['with a blank where there was none', [clinic('GoodClinic')], [clinic('Good Clinic')]],
    ['with one part more', [US], [US, clinic('Clinic')]],
    ['with parts drawn together', [US, clinic('a')], [clinic('US,a')]],
  ])('%s', async (_, one, other) => {
    expect(await chain(one, other)).toBe(false);
  });
});

const named = async (...texts: readonly string[]) => {
  const parts = texts.map((text): NamePart => ({ type: COMMON_NAME, text }));
  return (await leafOf(await rootOf(), { subject: [US, ...parts] })).subject.commonName;
};

test('a name says whose it is by the narrowest of its common names, unless nobody can read it', async () => {
  expect(await named('Clinic', 'dr.lee@direct.clinic.example')).toBe(
    'dr.lee@direct.clinic.example',
  );
  expect(await named('Cli\u202enic')).toBeUndefined();
  expect(await named()).toBeUndefined();
});

test('a name says of which organisation and with which addresses it is', async () => {
  const address: NamePart = { type: EMAIL_ADDRESS, text: 'x@example.org', encoding: 'ia5' };
  const { subject } = await leafOf(await rootOf(), { subject: [US, clinic('Clinic'), address] });
  expect(subject).toMatchObject({ organization: 'Clinic', emailAddresses: ['x@example.org'] });
  expect(subject.relative).toHaveLength(3);
});
