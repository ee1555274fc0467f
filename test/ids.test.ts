import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  addressKeyOf,
  base32,
  batchIdOf,
  consentIdOf,
  domainOf,
  keyingWith,
  messageIdOf,
  parseConsentId,
  parseDirectAddress,
  parseDocumentId,
  parseMessageId,
  parsePatientId,
  parseRequestId,
  parseTransmissionId,
  parseTriggerId,
  patientKeyOf,
  requestIdOf,
  sha256,
  transmissionIdOf,
  triggerIdOf,
  type DirectAddress,
  type PatientId,
} from '../shared/ids.ts';
import { done, fail } from '../shared/outcome.ts';
import { cases } from './support/counts.ts';

const LOCAL_64 = 'a'.repeat(64);
/** Three labels of 63 and one that fills up to the size wanted. */
const domainOfSize = (size: number): string => {
  const labels = [63, 63, 63].map((length) => 'd'.repeat(length)).join('.');
  return `${labels}.${'e'.repeat(size - labels.length - 1)}`;
};
const addressOfSize = (size: number): string => `ab@${domainOfSize(size - 3)}`;

describe('a Direct address', () => {
  test.each([
    ['a dot-atom at a host name', 'dr.lee@direct.clinic.example', undefined],
    ['one character at two labels', 'a@b.c', undefined],
    [
      'a domain in capitals, which become small',
      'A@Direct.Clinic.EXAMPLE',
      'A@direct.clinic.example',
    ],
    ['capitals before the @, which stay', 'Dr.LEE@clinic.example', undefined],
    ['every character of an atom', "!#$%&'*+-/=?^_`{|}~09azAZ@clinic.example", undefined],
    ['digits and hyphens within labels', 'a@3-x.9.example', undefined],
    ['a local part of 64', `${LOCAL_64}@clinic.example`, undefined],
    ['a label of 63', `a@${'d'.repeat(63)}.example`, undefined],
    ['254 in all', addressOfSize(254), undefined],
    ['a domain of 252', `a@${domainOfSize(252)}`, undefined],
  ])('is %s', (_, text, read = text) => {
    expect(parseDirectAddress(text)).toEqual(done(read));
  });

  test.each([
    ['nothing', ''],
    ['no @', 'direct.clinic.example'],
    ['nothing before the @', '@clinic.example'],
    ['nothing behind the @', 'dr.lee@'],
    ['two @', 'dr@lee@clinic.example'],
    ['two @ together', 'dr.lee@@clinic.example'],
    ['a domain of one label', 'dr.lee@localhost'],
    ['a line feed at the end', 'dr.lee@clinic.example\n'],
    ['a line feed and a header', 'dr.lee@clinic.example\nBcc: x@y.example'],
    ['a carriage return', 'dr.lee\r@clinic.example'],
    ['CR and LF at the end', 'dr.lee@clinic.example\r\n'],
    ['CR and LF in front', '\r\ndr.lee@clinic.example'],
    ['a NUL', 'dr.lee\0@clinic.example'],
    ['a tab', 'dr.lee\t@clinic.example'],
    ['a blank in front', ' dr.lee@clinic.example'],
    ['a blank at the end', 'dr.lee@clinic.example '],
    ['a blank within', 'dr lee@clinic.example'],
    ['a quoted local part', '"dr.lee"@clinic.example'],
    ['a quote within', 'dr"lee@clinic.example'],
    ['a backslash', 'dr\\lee@clinic.example'],
    ['a display name', 'Dr Lee <dr.lee@clinic.example>'],
    ['angle brackets', '<dr.lee@clinic.example>'],
    ['a comment', 'dr.lee(desk)@clinic.example'],
    ['a list', 'dr.lee@clinic.example,dr.roe@clinic.example'],
    ['a route', '@relay.example:dr.lee@clinic.example'],
    ['a scheme', 'mailto:dr.lee@clinic.example'],
    ['a letter beyond ASCII before the @', 'dr.müller@clinic.example'],
    ['a letter beyond ASCII behind the @', 'dr.lee@klinik-süd.example'],
    ['a sign that becomes ASCII in small letters', 'dr.lee@\u212Alinik.example'],
    ['a full-width @', 'dr.lee\uFF20clinic.example'],
    ['a dot in front', '.lee@clinic.example'],
    ['a dot before the @', 'lee.@clinic.example'],
    ['two dots before the @', 'dr..lee@clinic.example'],
    ['a dot behind the @', 'dr.lee@.clinic.example'],
    ['a dot at the end', 'dr.lee@clinic.example.'],
    ['two dots behind the @', 'dr.lee@clinic..example'],
    ['a hyphen before a label', 'dr.lee@-clinic.example'],
    ['a hyphen behind a label', 'dr.lee@clinic-.example'],
    ['an underscore in the domain', 'dr.lee@cli_nic.example'],
    ['an address of IPv4 in brackets', 'dr.lee@[192.0.2.1]'],
    ['a local part of 65', `a${LOCAL_64}@clinic.example`],
    ['a label of 64', `a@${'d'.repeat(64)}.example`],
    ['255 in all', addressOfSize(255)],
    ['a domain of 253, for which 254 in all is too short', `a@${domainOfSize(253)}`],
  ])('discover/bad-address: %s', (_, text) => {
    expect(parseDirectAddress(text)).toEqual(fail('discover/bad-address'));
  });

  test('has a domain, which is what stands behind the @', () => {
    expect(domainOf('dr.lee@direct.clinic.example' as DirectAddress)).toBe('direct.clinic.example');
  });
});

const ADDRESS = 'dr.lee@direct.clinic.example' as DirectAddress;
const KEYING = keyingWith('a pepper');
const PATIENT = patientKeyOf('ana' as PatientId, KEYING);
const REQUEST = requestIdOf(PATIENT, 'u-1', 'key-1');
const BATCH = batchIdOf('discharge of one');
const TRANSMISSION = transmissionIdOf(REQUEST, BATCH, ADDRESS);

describe('an id that is made', () => {
  test('is read by its own parser, and by no other', () => {
    const made = [
      [consentIdOf(PATIENT, 'u-1', 'key-1'), parseConsentId, 'consent/unknown'],
      [REQUEST, parseRequestId, 'transmit-request/unknown'],
      [triggerIdOf('ehr', 'event-1'), parseTriggerId, 'trigger/unknown'],
      [TRANSMISSION, parseTransmissionId, 'transmission/unknown'],
    ] as const;
    for (const [id, parse, code] of made) {
      expect(parse(id)).toEqual(done(id));
      const others = made.map(([other]) => other).filter((other) => other !== id);
      const spoiled = [`${id}a`, id.slice(0, -1), id.toUpperCase(), `${id}\n`, ` ${id}`, ''];
      for (const text of [...others, ...spoiled]) expect(parse(text)).toEqual(fail(code));
    }
  });

  test('is the same for the same and another for anything else', () => {
    const other = patientKeyOf('ben' as PatientId, KEYING);
    const ids = [
      requestIdOf(PATIENT, 'u-1', 'key-1'),
      requestIdOf(other, 'u-1', 'key-1'),
      requestIdOf(PATIENT, 'u-2', 'key-1'),
      requestIdOf(PATIENT, 'u-1', 'key-2'),
      // The same letters, divided otherwise.
      requestIdOf(PATIENT, 'u-1k', 'ey-1'),
      consentIdOf(PATIENT, 'u-1', 'key-1').replace('con_', 'req_'),
      triggerIdOf('ehr', 'event-1'),
      triggerIdOf('ehr', 'event-2'),
      triggerIdOf('ehrevent', '-1'),
      triggerIdOf('lab', 'event-1'),
      batchIdOf('discharge of one'),
      batchIdOf('discharge of two'),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(requestIdOf(PATIENT, 'u-1', 'key-1')).toBe(REQUEST);
    expect(batchIdOf('discharge of one')).toBe(BATCH);
  });

  test('of a transmission is that of request, batch and address, in whatever case of letters', () => {
    const shouted = ADDRESS.toUpperCase() as DirectAddress;
    expect(transmissionIdOf(REQUEST, BATCH, shouted)).toBe(TRANSMISSION);
    const others = [
      transmissionIdOf(requestIdOf(PATIENT, 'u-1', 'key-2'), BATCH, ADDRESS),
      transmissionIdOf(REQUEST, batchIdOf('another'), ADDRESS),
      transmissionIdOf(REQUEST, BATCH, 'dr.roe@direct.clinic.example' as DirectAddress),
    ];
    expect(new Set([TRANSMISSION, ...others]).size).toBe(4);
  });
});

describe('a Message-ID of ours', () => {
  const ours = messageIdOf(TRANSMISSION, 'a secret', 'direct.holder.example');

  test('is the same at each attempt, and another under another secret, domain or transmission', () => {
    expect(messageIdOf(TRANSMISSION, 'a secret', 'direct.holder.example')).toBe(ours);
    const second = transmissionIdOf(REQUEST, batchIdOf('another'), ADDRESS);
    const others = [
      messageIdOf(TRANSMISSION, 'another secret', 'direct.holder.example'),
      messageIdOf(TRANSMISSION, 'a secret', 'direct.other.example'),
      messageIdOf(second, 'a secret', 'direct.holder.example'),
    ];
    expect(new Set([ours, ...others]).size).toBe(4);
    expect(others[0]?.split('@')[0]).not.toBe(ours.split('@')[0]);
  });

  test('is 52 letters and digits at the domain, and does not show the transmission', () => {
    expect(ours).toMatch(/^[a-z2-7]{52}@direct\.holder\.example$/);
    expect(ours).not.toContain(TRANSMISSION.slice(3));
  });

  test('is read with and without angle brackets and blanks around it', () => {
    for (const text of [ours, `<${ours}>`, ` <${ours}>\r\n`, `< ${ours} >`]) {
      expect(parseMessageId(text)).toEqual(done(ours));
    }
  });

  test.each([
    ['nothing', ''],
    ['empty brackets', '<>'],
    ['a blank within', '<a b@c.example>'],
    ['a line break within', '<a@c\r\n.example>'],
    ['two', '<a@c.example> <b@c.example>'],
    ['a letter beyond ASCII', '<ä@c.example>'],
    ['501 characters', 'a'.repeat(501)],
  ])('notification/no-message-id: %s', (_, text) => {
    expect(parseMessageId(text)).toEqual(fail('notification/no-message-id'));
  });
});

describe('an id that others choose', () => {
  test.each([
    ['patient/bad-id', parsePatientId],
    ['record/bad-id', parseDocumentId],
  ] as const)('%s: what is not 1 to 128 unreserved characters of a URI', (code, parse) => {
    for (const text of ['a', 'A-1._~z', 'x'.repeat(128)]) expect(parse(text)).toEqual(done(text));
    for (const text of [
      '',
      'x'.repeat(129),
      'a b',
      'a/b',
      'a%20',
      'ü',
      'a\n',
      '\na',
      'a#',
      'a@b',
    ]) {
      expect(parse(text)).toEqual(fail(code));
    }
  });
});

describe('what stands for personal data in keys', () => {
  test('is the same for the same text under the same pepper only', () => {
    expect(patientKeyOf('ana' as PatientId, keyingWith('a pepper'))).toBe(PATIENT);
    expect(patientKeyOf('ana' as PatientId, keyingWith('other'))).not.toBe(PATIENT);
    expect(patientKeyOf('ben' as PatientId, KEYING)).not.toBe(PATIENT);
    expect(PATIENT).toMatch(/^pat_[a-z2-7]{52}$/);
  });

  test('is one for an address, however its letters are written', () => {
    const key = addressKeyOf(ADDRESS);
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(key).toBe(sha256(ADDRESS).slice(0, 32));
    expect(addressKeyOf('DR.LEE@direct.clinic.example' as DirectAddress)).toBe(key);
    expect(addressKeyOf('dr.roe@direct.clinic.example' as DirectAddress)).not.toBe(key);
  });
});

test('SHA-256 is that of the standard, of text as of its bytes', () => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  expect(sha256('abc')).toBe(abc);
  expect(sha256(Buffer.from('abc'))).toBe(abc);
});

describe('base32', () => {
  /** The test vectors of RFC 4648, in lower case and without the padding. */
  test.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('of %j is %j', (text, expected) => {
    expect(base32(Buffer.from(text))).toBe(expected);
  });

  test('of any bytes is their bits, five to a character', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const digits = base32(bytes)
          .split('')
          .map((each) => 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(each));
        const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
        const wanted = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
        expect(bits).toBe(wanted.padEnd(Math.ceil(wanted.length / 5) * 5, '0'));
      }),
      { numRuns: cases(100) },
    );
  });
});
