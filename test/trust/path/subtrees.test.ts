import { describe, expect, test } from '@jest/globals';
import { type Link } from '../../support/chains.ts';
import { namesExtension as names, type NameLimits } from '../../support/pki.ts';
import {
  US,
  CLINIC,
  WARD,
  DOCTOR,
  named,
  subject,
  judged,
  VALID,
  REFUSED,
  permitted,
  excluded,
} from '../support/name-limits.ts';

describe('a name within what is permitted, or not', () => {
  test.each<[string, NameLimits, Link]>([
    ['a host', permitted({ dns: 'example.org' }), named({ dns: 'example.org' })],
    ['a host below', permitted({ dns: 'example.org' }), named({ dns: 'a.b.Example.ORG' })],
    ['a wildcard below', permitted({ dns: 'example.org' }), named({ dns: '*.example.org' })],
    ['any host', permitted({ dns: '' }), named({ dns: 'example.org' })],
    ['a mailbox', permitted({ email: 'dr@example.org' }), named({ email: 'dr@EXAMPLE.org' })],
    ['a mailbox at a host', permitted({ email: 'example.org' }), named({ email: 'x@example.org' })],
    ['a mailbox below', permitted({ email: '.example.org' }), named({ email: 'x@a.example.org' })],
    ['a URI at a host', permitted({ uri: 'h.example' }), named({ uri: 'http://u@H.example:1/x' })],
    ['a URI below', permitted({ uri: '.example' }), named({ uri: 'ldap://h.example' })],
    [
      'an address',
      permitted({ ip: ip(192, 0, 2, 0, 255, 255, 255, 0) }),
      named({ ip: ip(192, 0, 2, 9) }),
    ],
    ['a directory name', permitted({ directory: [US, CLINIC] }), subject(US, CLINIC, DOCTOR)],
    ['the name itself', permitted({ directory: [US, CLINIC] }), subject(US, CLINIC)],
    [
      'a directory name in other letters',
      permitted({ directory: [US, CLINIC] }),
      subject(US, { ...CLINIC, text: '  cLINIC ', encoding: 'printable' }, DOCTOR),
    ],
    [
      'one of several',
      permitted({ dns: 'a.example' }, { dns: 'b.example' }),
      named({ dns: 'x.b.example' }, { dns: 'x.a.example' }),
    ],
    ['a name of another kind', permitted({ dns: 'example.org' }), named({ email: 'x@y.example' })],
  ])('permitted: %s', async (_, limits, leaf) => {
    expect(await judged(limits, leaf)).toBe(VALID);
  });

  test.each<[string, NameLimits, Link]>([
    ['another host', permitted({ dns: 'example.org' }), named({ dns: 'badexample.org' })],
    ['the host above', permitted({ dns: 'a.example.org' }), named({ dns: 'example.org' })],
    ['a wildcard above', permitted({ dns: 'a.example.org' }), named({ dns: '*.example.org' })],
    ['no host name', permitted({ dns: 'example.org' }), named({ dns: '.example.org' })],
    ['a leading period', permitted({ dns: '.example.org' }), named({ dns: 'a.example.org' })],
    [
      'a wildcard in the limit',
      permitted({ dns: '*.example.org' }),
      named({ dns: 'a.example.org' }),
    ],
    ['another mailbox', permitted({ email: 'dr@example.org' }), named({ email: 'x@example.org' })],
    [
      'a mailbox in other letters',
      permitted({ email: 'dr@example.org' }),
      named({ email: 'DR@example.org' }),
    ],
    [
      'a mailbox below a host',
      permitted({ email: 'example.org' }),
      named({ email: 'x@a.example.org' }),
    ],
    [
      'a mailbox at the domain',
      permitted({ email: '.example.org' }),
      named({ email: 'x@example.org' }),
    ],
    [
      'a mailbox with two signs',
      permitted({ email: 'example.org' }),
      named({ email: 'x@y@example.org' }),
    ],
    ['no mailbox', permitted({ email: 'example.org' }), named({ email: 'example.org' })],
    ['a quoted mailbox', permitted({ email: 'example.org' }), named({ email: '"x"@example.org' })],
    [
      'any mailbox, which nobody defined',
      permitted({ email: '' }),
      named({ email: 'x@example.org' }),
    ],
    ['a URI elsewhere', permitted({ uri: 'h.example' }), named({ uri: 'http://x.h.example/' })],
    [
      'a URI with the host as user',
      permitted({ uri: 'h.example' }),
      named({ uri: 'http://h.example@evil.example/' }),
    ],
    ['a URI without a host', permitted({ uri: 'h.example' }), named({ uri: 'urn:h.example' })],
    ['a URI at an address', permitted({ uri: '192.0.2.1' }), named({ uri: 'http://192.0.2.1/' })],
    [
      'another address',
      permitted({ ip: ip(192, 0, 2, 0, 255, 255, 255, 0) }),
      named({ ip: ip(192, 0, 3, 1) }),
    ],
    [
      'an address of the other kind',
      permitted({ ip: ip(0, 0, 0, 0, 0, 0, 0, 0) }),
      named({ ip: new Uint8Array(16) }),
    ],
    [
      'an address cut short',
      permitted({ ip: ip(0, 0, 0, 0, 0, 0, 0, 0) }),
      named({ ip: ip(1, 2, 3) }),
    ],
    [
      'a mask with holes',
      permitted({ ip: ip(192, 0, 2, 0, 255, 0, 255, 0) }),
      named({ ip: ip(192, 0, 2, 1) }),
    ],
    [
      'a limit without a mask',
      permitted({ ip: ip(192, 0, 2, 1) }),
      named({ ip: ip(192, 0, 2, 1) }),
    ],
    ['another subject', permitted({ directory: [US, CLINIC] }), subject(US, WARD, DOCTOR)],
    ['the same in another order', permitted({ directory: [US, CLINIC] }), subject(CLINIC, US)],
    ['the subject above', permitted({ directory: [US, CLINIC] }), subject(US)],
    [
      'a directory name among the others',
      permitted({ directory: [US] }),
      { ...subject(US), extraExtensions: [names([{ directory: [CLINIC] }])] },
    ],
    [
      'one of two names',
      permitted({ dns: 'example.org' }),
      named({ dns: 'example.org' }, { dns: 'example.net' }),
    ],
  ])('not permitted: %s', async (_, limits, leaf) => {
    expect(await judged(limits, leaf)).toBe(REFUSED);
  });

  test.each<[string, NameLimits, Link]>([
    ['a host below', excluded({ dns: 'example.org' }), named({ dns: 'a.example.org' })],
    ['every host', excluded({ dns: '' }), named({ dns: 'a.example.org' })],
    [
      'what a wildcard stands for',
      excluded({ dns: 'a.example.org' }),
      named({ dns: '*.example.org' }),
    ],
    ['no host name', excluded({ dns: 'example.org' }), named({ dns: '-_.x..y' })],
    [
      'a mailbox in other letters',
      excluded({ email: 'dr@example.org' }),
      named({ email: 'DR@example.org' }),
    ],
    [
      'a mailbox that cannot be read',
      excluded({ email: 'evil.example' }),
      named({ email: '"a b"@x.example'.replace(' ', '') }),
    ],
    [
      'an address',
      excluded({ ip: ip(192, 0, 2, 0, 255, 255, 255, 0) }),
      named({ ip: ip(192, 0, 2, 9) }),
    ],
    ['a URI below', excluded({ uri: '.example' }), named({ uri: 'http://a.example' })],
    ['a subject', excluded({ directory: [US] }), subject(US, CLINIC)],
    [
      'a subject in hidden letters',
      excluded({ directory: [CLINIC] }),
      subject({ ...CLINIC, text: 'Cli\u200bnic' }),
    ],
    [
      'what is permitted as well',
      { permitted: [{ dns: 'example.org' }], excluded: [{ dns: 'a.example.org' }] },
      named({ dns: 'a.example.org' }),
    ],
  ])('excluded: %s', async (_, limits, leaf) => {
    expect(await judged(limits, leaf)).toBe(REFUSED);
  });

  test.each<[string, NameLimits, Link]>([
    ['the host above', excluded({ dns: 'a.example.org' }), named({ dns: 'example.org' })],
    ['a wildcard beside', excluded({ dns: 'a.b.example.org' }), named({ dns: '*.example.org' })],
    ['another mailbox', excluded({ email: 'dr@example.org' }), named({ email: 'x@example.org' })],
    ['another subject', excluded({ directory: [US, CLINIC] }), subject(US, WARD)],
  ])('not excluded: %s', async (_, limits, leaf) => {
    expect(await judged(limits, leaf)).toBe(VALID);
  });
});

function ip(...octets: number[]): Uint8Array {
  return Uint8Array.from(octets);
}
