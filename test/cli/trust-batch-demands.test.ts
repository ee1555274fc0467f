import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  inhibitAnyPolicyExtension,
  policiesExtension,
  policyMappingsExtension,
} from '../../infra/local/certificates/restrictions.ts';
import { makeRevocationList } from '../../infra/local/certificates/revocation-list.ts';
import type { Extension } from '../../infra/local/certificates/extensions.ts';
import { cachedKeys, issueQuickly, type Authority } from '../support/pki.ts';
import { describeWith, SHARED } from '../support/needs.ts';
import { ask, base64, makeChain, SERIAL, type Chain } from './chain-lines.ts';

let chain: Chain;
beforeAll(async () => {
  chain = await makeChain();
});

const listBy = (issuer: Authority, ...serials: readonly Uint8Array[]): string => {
  const revoked = serials.map((serial) => ({ serial, at: new Date('2020-01-01T00:00:00Z') }));
  return Buffer.from(makeRevocationList(issuer, { revoked })).toString('base64');
};
const lists = (...serials: Uint8Array[]): string[] => [
  listBy(chain.root),
  listBy(chain.between, ...serials),
];
const later = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
const inPem = (label: string, text: string): string =>
  `-----BEGIN ${label}-----\n${text.replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`;
const forMail = { purpose: 'direct', address: 'Berg@clinic.example' };

describe('revocation', () => {
  const REVOKED = 'trust/revoked';
  const UNKNOWN = 'trust/revocation-unknown';

  test.each<[string, () => object, string | undefined]>([
    ['lists, none of them has it', () => ({ crls: lists() }), undefined],
    ['lists, and one of them has it', () => ({ crls: lists(SERIAL) }), REVOKED],
    ['a list of one authority only', () => ({ crls: lists().slice(0, 1) }), UNKNOWN],
    ['a list that cannot be read', () => ({ crls: ['AAAA', '%'] }), UNKNOWN],
    ['an OCSP answer that cannot be read', () => ({ ocsp: ['AAAA', '%'] }), UNKNOWN],
    ['no list at all, and none is wanted', () => ({ crls: [], ocsp: [] }), undefined],
    ['no list at all', () => ({ revocation: 'hard-fail' }), UNKNOWN],
    ['no list at all, for mail', () => ({ revocation: 'hard-fail', ...forMail }), UNKNOWN],
    ['no list at all, softly', () => ({ revocation: 'soft-fail' }), undefined],
    ['a list that has it, softly', () => ({ revocation: 'soft-fail', crls: lists(SERIAL) }), REVOKED],
    ['a list that has it, and nobody is asked', () => ({ revocation: 'off', crls: lists(SERIAL) }), undefined],
    ['lists of another time', () => ({ crls: lists(), at: later(72) }), UNKNOWN],
  ])('%s', async (_, more, code) => {
    expect(await chain.codeOf(more())).toBe(code);
  }); // prettier-ignore

  test('lists are taken as PEM too', async () => {
    const crls = lists(SERIAL).map((each) => inPem('X509 CRL', each));
    expect(await chain.codeOf({ crls })).toBe(REVOKED);
    expect(await chain.codeOf({ crls: [crls.join('')] })).toBe(REVOKED);
  });
});

const policyChain = async (upper: readonly Extension[], lower: readonly string[]) => {
  const keys = await cachedKeys('policies');
  const authority = await issueQuickly(chain.root, {
    ca: true,
    name: 'Policies',
    keys,
    extraExtensions: upper,
  });
  const certificate = await issueQuickly(authority, {
    domain: 'clinic.example',
    ...(lower.length > 0 && { extraExtensions: [policiesExtension(lower)] }),
  });
  return { certificate: base64(certificate), intermediates: [base64(authority)] };
};
const answer = async (line: object) => {
  const { answers } = await ask(chain.line(line));
  return answers[0]?.['code'] ?? answers[0]?.['policies'];
};

describe('policies', () => {
  const GOLD = '1.2.3.1';
  const SILVER = '1.2.3.2';
  const ANY = '2.5.29.32.0';

  test('those of the whole path are told', async () => {
    const line = await policyChain([policiesExtension([GOLD, SILVER])], [GOLD]);
    expect(await answer(line)).toEqual([GOLD]);
  });

  test.each([
    [[GOLD], [GOLD]],
    [[SILVER, GOLD], [GOLD]],
    [[SILVER], 'trust/policy'],
    [[SILVER, ANY], [GOLD]],
    [[], [GOLD]],
    [null, [GOLD]],
  ])('initialPolicySet %j with explicitPolicy', async (initialPolicySet, expected) => {
    const line = await policyChain([policiesExtension([GOLD])], [GOLD]);
    expect(await answer({ ...line, initialPolicySet, explicitPolicy: true })).toEqual(expected);
  });

  test('explicitPolicy: none is demanded without it', async () => {
    const line = await policyChain([policiesExtension([GOLD])], []);
    expect(await answer(line)).toEqual([]);
    expect(await answer({ ...line, initialPolicySet: [SILVER] })).toEqual([]);
    expect(await answer({ ...line, explicitPolicy: true })).toBe('trust/policy');
  });

  test('inhibitPolicyMapping', async () => {
    const upper = [policiesExtension([GOLD]), policyMappingsExtension([[GOLD, SILVER]])];
    const line = await policyChain(upper, [SILVER]);
    expect(await answer({ ...line, explicitPolicy: true })).toEqual([GOLD]);
    expect(await answer({ ...line, explicitPolicy: true, inhibitPolicyMapping: true })).toBe(
      'trust/policy',
    );
  });

  test('inhibitAnyPolicy', async () => {
    const line = await policyChain([policiesExtension([ANY])], [GOLD]);
    expect(await answer({ ...line, explicitPolicy: true })).toEqual([GOLD]);
    expect(await answer({ ...line, explicitPolicy: true, inhibitAnyPolicy: true })).toBe(
      'trust/policy',
    );
    const inhibited = await policyChain(
      [policiesExtension([GOLD]), inhibitAnyPolicyExtension(0)],
      [ANY],
    );
    expect(await answer({ ...inhibited, explicitPolicy: true })).toBe('trust/policy');
  });
});

const vector = (name: string): string => readFileSync(`${SHARED}/vectors/ocsp/${name}`, 'latin1');

describeWith(['shared'], 'an OCSP answer', () => {
  test('is taken as base64 and as PEM', async () => {
    const response = vector('ND1.ors');
    const line = {
      certificate: vector('ND1_Cert_EE.pem'),
      anchors: [vector('ND1_Issuer_ICA.pem')],
      at: '2012-10-12T00:00:00Z',
      allowSha1: true,
      revocation: 'hard-fail',
    };
    expect(await chain.codeOf(line)).toBe('trust/revocation-unknown');
    expect(await chain.codeOf({ ...line, ocsp: [response] })).toBeUndefined();
    const ocsp = [inPem('OCSP RESPONSE', response.replace(/\s/g, ''))];
    expect(await chain.codeOf({ ...line, ocsp })).toBeUndefined();
  });
});
