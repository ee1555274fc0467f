import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { readAddress } from '../../portal/address/read.ts';
import { parseDirectAddress } from '../../shared/ids.ts';
import { cases } from '../support/counts.ts';

const LEE = 'dr.lee@clinic.example';
const read = (address: string, lookAlike?: string) => ({
  ok: true,
  address,
  ...(lookAlike !== undefined && { lookAlike }),
});

describe('an address that is typed', () => {
  test.each([
    ['as it is', LEE, LEE],
    ['with blanks around', `  ${LEE} \t`, LEE],
    ['with blanks within', 'dr. lee @ clinic . example', LEE],
    ['with blanks that do not break', `\u00a0${LEE}\u202f`, LEE],
    ['with ends of lines', `\r\ndr.lee@\nclinic.example\u2028`, LEE],
    ['as a link', `mailto:${LEE}`, LEE],
    ['as a link with a subject', `MailTo:${LEE}?subject=record&body=x@y.example`, LEE],
    ['in angle brackets', `<${LEE}>`, LEE],
    ['behind a name', `"Lee, Ana, MD" <${LEE}>`, LEE],
    ['behind another address', `good@bank.example <${LEE}>`, LEE],
    ['as a link behind a name', `Ana Lee\n<mailto:${LEE}> `, LEE],
    ['with capitals in the domain', 'Dr.Lee@Clinic.EXAMPLE', 'Dr.Lee@clinic.example'],
  ])('is read %s', (_, typed, address) => {
    expect(readAddress(typed)).toEqual(read(address));
  });

  test.each([
    ['nothing', '', 'empty'],
    ['blanks', ' \t\n\u00a0', 'empty'],
    ['nothing behind a name', 'Dr Lee < >', 'empty'],
    ['a name', 'Dr Lee', 'noAt'],
    ['a domain', 'clinic.example', 'noAt'],
    ['nothing before the @', '@clinic.example', 'bad'],
    ['a label of 64', `a@${'d'.repeat(64)}.example`, 'bad'],
    ['one label', 'dr.lee@localhost', 'bad'],
    ['two addresses', 'dr.lee@clinic.example, x@y.example', 'bad'],
    ['two addresses on two lines', 'dr.lee@clinic.example\nx@y.example', 'bad'],
    ['letters beyond ASCII before the @', 'josé@clinic.example', 'bad'],
    ['a sign beyond ASCII in the domain', 'dr.lee@clinic★.example', 'bad'],
    ['a path behind a foreign domain', 'dr.lee@clínic.example/evil', 'bad'],
    ['a port behind a foreign domain', 'dr.lee@clínic.example:25', 'bad'],
    ['an escape in a foreign domain', 'dr.lee@cl%61í.example', 'bad'],
    ['another full stop', 'dr.lee@clínic。example', 'bad'],
    ['a domain that cannot be', 'dr.lee@xn--é.example', 'bad'],
    ['65 before the @', `${'a'.repeat(65)}@clinic.example`, 'long'],
    ['255 in all', `a@${`${'d'.repeat(49)}.`.repeat(5)}eee`, 'long'],
    ['much', 'a@'.repeat(5000), 'long'],
    ['much without @', 'a'.repeat(5000), 'long'],
    [
      '255 in ASCII',
      `a@${'é'.repeat(9)}.${`${'d'.repeat(49)}.`.repeat(4)}${'d'.repeat(40)}`,
      'long',
    ],
    ['a mark that turns direction', 'dr.lee@\u202eelpmaxe.cinilc', 'hidden'],
    ['an isolate', '\u2066dr.lee@clinic.example\u2069', 'hidden'],
    ['a right-to-left mark', 'dr.lee\u200f@clinic.example', 'hidden'],
    ['no width', 'dr.lee@clin\u200bic.example', 'hidden'],
    ['a byte order mark', `\ufeff${LEE}`, 'hidden'],
    ['a soft hyphen', 'dr.lee@clin\u00adic.example', 'hidden'],
    ['a joiner', 'dr.lee@clin\u200dic.example', 'hidden'],
    ['a filler that is a letter', 'dr.lee@clin\u3164ic.example', 'hidden'],
    ['a variation selector', 'dr.lee@clinic\ufe0f.example', 'hidden'],
    ['a NUL', 'dr.lee\0@clinic.example', 'hidden'],
    ['half a character', 'dr.lee\ud800@clinic.example', 'hidden'],
  ])('is refused that has %s', (_, typed, fault) => {
    expect(readAddress(typed)).toEqual({ ok: false, fault });
  });

  test.each([
    ['in Latin with an accent', 'a@Clínic.example', 'a@xn--clnic-0sa.example', 'Clínic.example = '],
    [
      'in Cyrillic that looks Latin',
      'a@сlinic.example',
      'a@xn--linic-0ye.example',
      'сlinic.example = ',
    ],
    ['in full width', 'a@ｃlinic.example', 'a@clinic.example', 'ｃlinic.example = '],
    [
      'with the sign of kelvin',
      'a@\u212aaiser.example',
      'a@kaiser.example',
      '\u212aaiser.example = ',
    ],
    ['in ASCII already', 'a@XN--clnic-0sa.example', 'a@xn--clnic-0sa.example', ''],
    [
      'in ASCII further behind',
      'a@direct.xn--clnic-0sa.example',
      'a@direct.xn--clnic-0sa.example',
      '',
    ],
  ])('has letters that pass for others: %s', (_, typed, address, before) => {
    expect(readAddress(typed)).toEqual(read(address, `${before}${address.slice(2)}`));
  });

  test('a name with xn-- within is no such', () => {
    expect(readAddress('a@axn--b.example')).toEqual(read('a@axn--b.example'));
  });
});

/** Near to addresses, so that many are some, and none has what only the field takes out. */
const PIECES = fc.oneof(
  fc.stringMatching(/^[!-;=?-~]{0,12}$/),
  fc.constantFrom('a', 'Z', '9', '-', '.', '@', '_', '"', '+', 'clinic', 'EXAMPLE', 'a'.repeat(62)),
);
const NEAR = fc
  .tuple(fc.array(PIECES, { maxLength: 6 }), fc.array(PIECES, { maxLength: 8 }))
  .map(([local, domain]) => `${local.join('')}@${domain.join('')}`)
  .filter((text) => !/^mailto:/i.test(text) && !/(^|[.@])xn--/i.test(text));

describe('the field and the API', () => {
  test('take and refuse the same, and read the same address', () => {
    fc.assert(
      fc.property(NEAR, (text) => {
        const [here, there] = [readAddress(text), parseDirectAddress(text)];
        expect(here.ok ? here.address : undefined).toBe(there.ok ? there.value : undefined);
      }),
      { numRuns: cases(1000) },
    );
  });

  test('whatever is typed, what is read the API takes as it stands', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.webAuthority(),
        (one, host) => {
          for (const typed of [one, `a@${one}`, `${one}@${host}`, `a@${one}.${host}`]) {
            const here = readAddress(typed);
            if (!here.ok) continue;
            const there = parseDirectAddress(here.address);
            expect(there).toEqual({ ok: true, value: here.address });
          }
        },
      ),
      { numRuns: cases(300) },
    );
  });
});
