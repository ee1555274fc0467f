import { beforeAll, describe, expect, test } from '@jest/globals';
import { cachedKeys, issueQuickly, type IssueOptions } from '../support/pki.ts';
import { anotherBetween, ask, base64, makeChain, type Chain } from './chain-lines.ts';

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

let chain: Chain;
beforeAll(async () => {
  chain = await makeChain();
});

describe('what is asked of the certificate', () => {
  test.each([
    ['2001-01-01T00:00:00Z', 'trust/not-yet-valid'],
    ['2098-01-01T00:00:00Z', 'trust/expired'],
    ['2098-01-01', 'trust/expired'],
    [new Date().toISOString(), undefined],
  ])('at %s', async (at, code) => {
    expect(await chain.codeOf({ at })).toBe(code);
  });

  test.each([
    ['dns', 'MAIL.clinic.example', undefined],
    ['dns', 'clinic.example', 'trust/wrong-address'],
    ['email', 'Berg@clinic.example', undefined],
    ['email', 'berg@clinic.example', 'trust/wrong-address'],
    ['ip', '192.0.2.1', 'trust/wrong-address'],
  ])('peerName: %s %s', async (type, value, code) => {
    expect(await chain.codeOf({ peerName: { type, value } })).toBe(code);
    expect(
      await chain.codeOf({
        peerName: { type, value },
        purpose: 'direct',
        address: 'Berg@clinic.example',
      }),
    ).toBe(code);
  });

  test.each([
    [[], undefined],
    [['emailProtection'], undefined],
    [['1.3.6.1.5.5.7.3.4'], undefined],
    [['serverAuth'], 'trust/key-usage'],
    [['emailProtection', 'serverAuth'], 'trust/key-usage'],
    [['anyExtendedKeyUsage'], 'trust/key-usage'],
  ])('extendedKeyUsage %j', async (extendedKeyUsage, code) => {
    expect(await chain.codeOf({ extendedKeyUsage })).toBe(code);
  });

  test('extendedKeyUsage is asked of the authorities too', async () => {
    const narrow = await anotherBetween(chain.root, { extendedKeyUsage: [SERVER_AUTH] });
    const intermediates = [base64(narrow)];
    expect(await chain.codeOf({ intermediates })).toBeUndefined();
    expect(await chain.codeOf({ intermediates, extendedKeyUsage: ['emailProtection'] })).toBe(
      'trust/key-usage',
    );
  });

  test('maxDepth: how many may stand between', async () => {
    expect(await chain.codeOf({ maxDepth: 1 })).toBeUndefined();
    expect(await chain.codeOf({ maxDepth: 0 })).toBe('trust/too-costly');
    expect(await chain.codeOf({ maxDepth: 0, anchors: [base64(chain.between)] })).toBeUndefined();
    expect(await chain.codeOf({ maxDepth: 1000 })).toBeUndefined();
  });

  test('allowSha1', async () => {
    const old = await issueQuickly(chain.between, { domain: 'clinic.example', hash: 'sha1' });
    expect(await chain.codeOf({ certificate: base64(old) })).toBe('trust/weak-signature');
    expect(await chain.codeOf({ certificate: base64(old), allowSha1: false })).toBe(
      'trust/weak-signature',
    );
    expect(await chain.codeOf({ certificate: base64(old), allowSha1: true })).toBeUndefined();
  });

  test('minimumRsaBits', async () => {
    const keys = await cachedKeys('short', { bits: 1024 });
    const short = base64(await issueQuickly(chain.between, { domain: 'clinic.example', keys }));
    expect(await chain.codeOf({ certificate: short })).toBe('trust/weak-key');
    expect(await chain.codeOf({ certificate: short, minimumRsaBits: 1024 })).toBeUndefined();
    expect(await chain.codeOf({ minimumRsaBits: 3072 })).toBe('trust/weak-key');
  });
});

describe('as a sender judges', () => {
  const direct = { purpose: 'direct', address: 'berg@clinic.example' };

  test('the address has to be there, and to be one', async () => {
    for (const address of [undefined, null]) {
      const { answers, exitCode } = await ask(chain.line({ purpose: 'direct', address }));
      expect([answers[0]?.['code'], exitCode]).toEqual(['edge/malformed', 1]);
    }
    expect(await chain.codeOf({ purpose: 'direct', address: 'nobody' })).toBe(
      'discover/bad-address',
    );
  });

  test.each([
    ['berg@clinic.example', undefined],
    ['anybody@MAIL.clinic.example', undefined],
    ['other@clinic.example', 'trust/wrong-address'],
  ])('the certificate has to be bound to it: %s', async (address, code) => {
    expect(await chain.codeOf({ ...direct, address })).toBe(code);
    expect(await chain.codeOf({ purpose: 'any', address })).toBeUndefined();
  });

  test.each<[string, IssueOptions, string]>([
    ['key usage', { keyUsage: ['digitalSignature'] }, 'trust/key-usage'],
    ['extended key usage', { extendedKeyUsage: [SERVER_AUTH] }, 'trust/key-usage'],
    ['kind of key', { ec: 'P-256' }, 'trust/weak-key'],
  ])('%s', async (_, options, code) => {
    const certificate = base64(
      await issueQuickly(chain.between, { address: 'berg@clinic.example', ...options }),
    );
    expect(await chain.codeOf({ ...direct, certificate })).toBe(code);
    expect(await chain.codeOf({ certificate })).toBeUndefined();
  });

  test('authorities have to allow mail, and what else is asked for', async () => {
    const narrow = await anotherBetween(chain.root, { extendedKeyUsage: [SERVER_AUTH] });
    expect(await chain.codeOf({ ...direct, intermediates: [base64(narrow)] })).toBe(
      'trust/key-usage',
    );
    expect(await chain.codeOf({ ...direct, extendedKeyUsage: ['serverAuth'] })).toBe(
      'trust/key-usage',
    );
  });

  test('without lists, one that names a source is refused, for it cannot be asked', async () => {
    const options = { address: 'berg@clinic.example', crlUrls: ['http://pki.example/a.crl'] };
    const certificate = base64(await issueQuickly(chain.between, options));
    expect(await chain.codeOf({ ...direct, certificate })).toBe('trust/revocation-unknown');
    expect(await chain.codeOf({ ...direct, certificate, revocation: 'soft-fail' })).toBeUndefined();
    expect(await chain.codeOf({ certificate })).toBeUndefined();
  });
});
