import { beforeAll, describe, expect, test } from '@jest/globals';
import { trustCommand } from '../../infra/cli/commands/trust.ts';
import { ask, base64, makeChain, type Chain } from './chain-lines.ts';
import { runCli } from './run-cli.ts';

let chain: Chain;
beforeAll(async () => {
  chain = await makeChain();
});

describe('trust --batch', () => {
  test('answers with the subjects of the path, the leaf first', async () => {
    const { out, exitCode, err } = await ask(chain.line());
    expect(out).toEqual([
      String.raw`{"id":"a","trusted":true,"path":["CN=Dr. Berg","CN=Between,O=Clinic\\, Inc.","CN=Test Anchor"],"policies":[]}`,
    ]);
    expect([exitCode, err]).toEqual([0, ['it: 1 of 1 certificates trusted']]);
  });

  test('a refusal is an answer: its code, and neither path nor policies', async () => {
    const { out, exitCode, err } = await ask({ ...chain.line(), id: 7, anchors: [] }, chain.line());
    expect(out[0]).toBe(
      '{"id":7,"trusted":false,"code":"trust/no-anchor","path":[],"policies":[]}',
    );
    expect([exitCode, err]).toEqual([0, ['it: 1 of 2 certificates trusted']]);
  });

  test('takes every field as null, which is as if it were not there', async () => {
    const fields = [
      'crls',
      'ocsp',
      'at',
      'purpose',
      'address',
      'peerName',
      'extendedKeyUsage',
      'revocation',
      'initialPolicySet',
      'explicitPolicy',
      'inhibitPolicyMapping',
      'inhibitAnyPolicy',
      'maxDepth',
      'allowSha1',
      'minimumRsaBits',
    ];
    const nulls = Object.fromEntries(fields.map((field) => [field, null]));
    expect(await chain.codeOf(nulls)).toBeUndefined();
    expect(await chain.codeOf({ ...nulls, intermediates: null })).toBe('trust/no-anchor');
  });

  test('takes PEM and base64 of DER alike, several in one PEM too', async () => {
    const both = `${chain.between.certificatePem}${chain.leaf.certificatePem}`;
    expect(await chain.codeOf({ certificate: base64(chain.leaf) })).toBeUndefined();
    expect(await chain.codeOf({ intermediates: [chain.between.certificatePem] })).toBeUndefined();
    expect(await chain.codeOf({ intermediates: [both] })).toBeUndefined();
    expect(await chain.codeOf({ anchors: [base64(chain.root)] })).toBeUndefined();
  });

  test('an anchor is the whole certificate, wherever it stands', async () => {
    expect(await chain.codeOf({ anchors: [chain.between.certificatePem] })).toBeUndefined();
    const { answers } = await ask(chain.line({ anchors: [chain.leaf.certificatePem] }));
    expect(answers).toMatchObject([{ trusted: true, path: ['CN=Dr. Berg'] }]);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['nothing', ''],
    ['no base64', '%%%'],
    ['bytes that are none', 'AAECAwQF'],
    ['PEM without an end', '-----BEGIN CERTIFICATE-----\nAAAA'],
  ])('trust/malformed: the certificate is %s', async (_, certificate) => {
    expect(await chain.codeOf({ certificate })).toBe('trust/malformed');
  });

  test('trust/malformed: which of two is meant cannot be known', async () => {
    const certificate = `${chain.leaf.certificatePem}${chain.between.certificatePem}`;
    expect(await chain.codeOf({ certificate })).toBe('trust/malformed');
  });

  test('one among others is passed over, and named only where no path is found', async () => {
    const intermediates = [base64(chain.between)];
    const anchors = [base64(chain.root)];
    expect(await chain.codeOf({ intermediates: ['AAAA', ...intermediates] })).toBeUndefined();
    expect(await chain.codeOf({ anchors: ['%', ...anchors] })).toBeUndefined();
    expect(await chain.codeOf({ intermediates: ['AAAA'] })).toBe('trust/malformed');
    expect(await chain.codeOf({ anchors: ['%'] })).toBe('trust/malformed');
    expect(await chain.codeOf({ intermediates: ['AAAA'], at: '1999-01-01T00:00:00Z' })).toBe(
      'trust/not-yet-valid',
    );
  });

  test.each<[string, object | string | Uint8Array, string]>([
    ['no JSON', 'certificate', 'edge/malformed'],
    ['no object', '[]', 'edge/malformed'],
    ['no id', { certificate: '', anchors: [] }, 'edge/malformed'],
    ['no certificate', { id: 'a', anchors: [] }, 'edge/malformed'],
    ['no anchors', { id: 'a', certificate: '' }, 'edge/malformed'],
    ['an id that is none', { id: {}, certificate: '', anchors: [] }, 'edge/malformed'],
    ['anchors that are no list', { id: 'a', certificate: '', anchors: '' }, 'edge/malformed'],
    ['more than 16 MB', `{"id":"${'x'.repeat(16 * 1024 * 1024)}"}`, 'edge/too-large'],
  ])('a line with %s is answered, and the next one is read', async (_, line, code) => {
    const { out, exitCode, err } = await ask(line, chain.line());
    const nothing = `"trusted":false,"code":"${code}","path":[],"policies":[]}`;
    expect(out[0]).toMatch(/^\{("id":"a",)?"trusted":false,/);
    expect(out[0]?.endsWith(nothing)).toBe(true);
    expect([out.length, exitCode, err.length]).toEqual([2, 1, 2]);
    expect(err[0]).toMatch(/^it: line 1: /);
  });

  test.each([
    ['at', 'yesterday'],
    ['purpose', 'signing'],
    ['address', 5],
    ['peerName', { type: 'uri', value: 'x' }],
    ['peerName', { type: 'dns' }],
    ['peerName', 'clinic.example'],
    ['extendedKeyUsage', ['mail']],
    ['extendedKeyUsage', 'serverAuth'],
    ['revocation', 'required'],
    ['initialPolicySet', ['anyPolicy']],
    ['explicitPolicy', 'true'],
    ['inhibitPolicyMapping', 1],
    ['inhibitAnyPolicy', 'false'],
    ['maxDepth', -1],
    ['maxDepth', '3'],
    ['allowSha1', 'yes'],
    ['minimumRsaBits', 0],
    ['crls', 'AAAA'],
    ['ocsp', [1]],
  ])('edge/malformed: %s is %j, and its name is said', async (field, value) => {
    const { answers, exitCode, err } = await ask(chain.line({ [field]: value }));
    const refusal = { id: 'a', trusted: false, code: 'edge/malformed', path: [], policies: [] };
    expect([answers, exitCode]).toEqual([[refusal], 1]);
    expect(err[0]).toMatch(new RegExp(`^it: line 1: wrong or missing: ${field}`));
  });

  test('a line of many megabytes is read', async () => {
    const large = 'A'.repeat(12 * 1024 * 1024);
    expect(await chain.codeOf({ intermediates: [large, base64(chain.between)] })).toBeUndefined();
  });
});

test('--help says what a line may hold and what holds where it does not', async () => {
  const { out } = await runCli({ trust: trustCommand }, 'trust', '--help');
  const text = out.join('\n');
  expect(text).toContain('{"id","trusted","code","path":[…],"policies":[…]}');
  for (const word of ['minimumRsaBits: 2048', 'purpose: any', 'revocation: hard-fail', '16 MB']) {
    expect(text).toContain(word);
  }
});
