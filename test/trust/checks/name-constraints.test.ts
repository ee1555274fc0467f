import { describe, expect, test } from '@jest/globals';
import { chainOf, codeOf, SELF_ISSUED, type Link } from '../../support/chains.ts';
import {
  EMAIL_ADDRESS,
  nameConstraintsExtension as constraints,
  type AnyName,
} from '../../support/pki.ts';
import {
  US,
  CLINIC,
  WARD,
  DOCTOR,
  limited,
  named,
  subject,
  judged,
  VALID,
  REFUSED,
  permitted,
  excluded,
} from '../support/name-limits.ts';

describe('an address in the subject', () => {
  const address = { type: EMAIL_ADDRESS, text: 'x@evil.example', encoding: 'ia5' } as const;
  const limits = permitted({ email: 'example.org' });

  test('counts where there is none among the alternative names', async () => {
    expect(await judged(limits, subject(DOCTOR, address))).toBe(REFUSED);
    const good = { ...address, text: 'x@example.org' };
    expect(await judged(limits, subject(DOCTOR, good))).toBe(VALID);
    const withHost = { ...named({ dns: 'example.org' }), subject: [DOCTOR, address] };
    expect(await judged(limits, withHost)).toBe(REFUSED);
  });

  test('does not count where there is', async () => {
    const both = { ...named({ email: 'x@example.org' }), subject: [DOCTOR, address] };
    expect(await judged(limits, both)).toBe(VALID);
  });
});

describe('names for which there is no rule', () => {
  test.each([permitted, excluded])(
    'trust/unsupported: an address in letters of all scripts meets limits of addresses',
    async (bounded) => {
      const leaf = named({ mailbox: 'ärztin@evil.example' });
      expect(await judged(bounded({ email: 'evil.example' }), leaf)).toBe('trust/unsupported');
      expect(await judged(bounded({ dns: 'evil.example' }), leaf)).toBe(VALID);
    },
  );

  const limits = excluded({ principal: 'x@example.org' });

  test('trust/unsupported: one that meets a limit of its kind, and only then', async () => {
    expect(await judged(limits, named({ principal: 'y' }))).toBe('trust/unsupported');
    expect(await judged(limits, named({ dns: 'example.org' }))).toBe(VALID);
  });

  test('trust/unsupported: subtrees that are cut off', async () => {
    const cut = { ...permitted({ dns: 'example.org' }), maximum: 1 };
    expect(await judged(cut, named({ dns: 'example.org' }))).toBe('trust/unsupported');
    expect(await judged(cut, named({ email: 'x@example.org' }))).toBe(VALID);
  });
});

const codeOn = async (root: Link, ...links: Link[]) => codeOf(await chainOf(root, links));

describe('limits along a path', () => {
  const inside: AnyName = { directory: [US, CLINIC] };

  test('narrow one another, and are not widened below', async () => {
    const wide = limited(permitted({ dns: 'example.org' }));
    const narrow = limited(permitted({ dns: 'a.example.org' }));
    const leaf = named({ dns: 'b.example.org' });
    expect(await codeOn({}, wide, narrow, leaf)).toBe(REFUSED);
    expect(await codeOn({}, narrow, wide, leaf)).toBe(REFUSED);
    expect(await codeOn({}, wide, narrow, named({ dns: 'a.example.org' }))).toBe(VALID);
  });

  test('have no name in common when they lie beside one another', async () => {
    const one = limited(permitted({ dns: 'a.example' }));
    const other = limited(permitted({ dns: 'b.example' }));
    expect(await codeOn({}, one, other, named({ dns: 'b.example' }))).toBe(REFUSED);
  });

  test('bind the authorities below as well', async () => {
    const root = limited(permitted(inside));
    const good: Link = { name: 'Good', subject: [US, CLINIC, WARD] };
    const leaf = subject(US, CLINIC, DOCTOR);
    expect(await codeOn(root, good, leaf)).toBe(VALID);
    expect(await codeOn(root, { name: 'Bad', subject: [US, WARD] }, leaf)).toBe(REFUSED);
  });

  test('of the anchor hold', async () => {
    expect(await codeOn(limited(excluded({ dns: 'x.example' })), named({ dns: 'x.example' }))).toBe(
      REFUSED,
    );
  });

  test('do not bind what an authority issues to itself, but bind a leaf of its name', async () => {
    const top = limited(permitted({ directory: [CLINIC] }), { name: 'Elsewhere' });
    const itself: Link = { [SELF_ISSUED]: true };
    expect(await codeOn({}, top, itself, subject(CLINIC, DOCTOR))).toBe(VALID);
    expect(await codeOn({}, top, itself)).toBe(REFUSED);
    expect(await codeOn({}, top, {}, subject(CLINIC, DOCTOR))).toBe(REFUSED);
  });

  test('of the leaf itself bind nobody', async () => {
    const leaf = {
      ...limited(permitted({ dns: 'example.net' })),
      san: [{ dnsName: 'example.org' }],
    };
    expect(await codeOn({}, leaf)).toBe(VALID);
  });

  test('are heeded also when they are not marked critical', async () => {
    const open: Link = {
      extraExtensions: [constraints(permitted({ dns: 'example.net' }), false)],
    };
    expect(await codeOn({}, open, named({ dns: 'example.org' }))).toBe(REFUSED);
  });
});

const hosts = (count: number, domain: string): AnyName[] =>
  Array.from({ length: count }, (_, at) => ({ dns: `h${at}.${domain}` }));

describe('names and limits without number', () => {
  test('trust/too-costly: are not compared without end', async () => {
    const leaf = named(...hosts(1000, 'good.example'));
    const some = limited(excluded(...hosts(100, 'evil.example')));
    expect(await codeOn({}, some, leaf)).toBe(VALID);
    const many = limited(excluded(...hosts(300, 'evil.example')));
    expect(await codeOn({}, many, leaf)).toBe('trust/too-costly');
    // Nor on more than one level.
    expect(await codeOn(some, some, leaf)).toBe('trust/too-costly');
  });
});
