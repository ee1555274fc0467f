import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { tokenVerifier } from '../../../shared/adapters/tokens/token-verifier.ts';
import { fail } from '../../../shared/outcome.ts';
import { issuersBeside } from '../../support/issuers.ts';
import {
  type SigningKeys,
  signingKeys,
  startTokenIssuer,
  type TokenIssuer,
} from '../../support/token-issuer.ts';

const START = new Date('2026-11-22T12:00:00Z').getTime();
const MINUTE = 60_000;

let old: SigningKeys;
let newer: SigningKeys;
let issuer: TokenIssuer;
let now: number;
let verify: ReturnType<typeof tokenVerifier>;

beforeAll(async () => {
  [old, newer] = await Promise.all([
    signingKeys('ES256', { kid: 'old' }),
    signingKeys('ES256', { kid: 'new' }),
  ]);
});
beforeEach(async () => {
  await issuer?.close();
  issuer = await startTokenIssuer(old);
  now = START;
  verify = tokenVerifier(issuersBeside({ url: issuer.url, audience: 'a' }), () => new Date(now));
});
afterAll(() => issuer.close());

const token = (keys = old, header: object = {}) =>
  keys.sign({ sub: 's', iss: issuer.url, aud: 'a', exp: START / 1000 + 86_400 }, header);

const judged = async (keys?: SigningKeys, header?: object) => {
  const outcome = await verify(await token(keys, header));
  return outcome.ok ? 'ok' : outcome.failure.code;
};

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What it said before is gone; `silence`, `to <url>` for a redirect, anything else as it stands. */
const says = (about: object | string) => {
  issuer.says.about = about;
};

describe('the keys of an issuer', () => {
  test('are asked for once in ten minutes, however many ask', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => judged()));
    expect(new Set(answers)).toEqual(new Set(['ok']));
    now += 10 * MINUTE - 1;
    expect([await judged(), issuer.asked()]).toEqual(['ok', 1]);
    now += 1;
    expect([await judged(), issuer.asked()]).toEqual(['ok', 2]);
  });

  test('are used through an outage for an hour from when they came, and no longer', async () => {
    await judged();
    says('gone');
    now += 30 * MINUTE;
    expect(await judged()).toBe('ok');
    now += 30 * MINUTE - 1;
    expect(await judged()).toBe('ok');
    now += 1;
    await expect(judged()).rejects.toThrow('just now');
  });

  test('are asked for again when the issuer is back', async () => {
    await judged();
    const about = issuer.says.about;
    says('gone');
    now += 10 * MINUTE;
    expect([await judged(), issuer.asked()]).toEqual(['ok', 1]);
    says(about);
    now += 29_000;
    expect([await judged(), issuer.asked()]).toEqual(['ok', 1]);
    now += 1000;
    expect([await judged(), issuer.asked()]).toEqual(['ok', 2]);
  });

  test('that it withdraws count no longer after ten minutes', async () => {
    await judged();
    issuer.says.keys = { keys: [newer.jwk] };
    expect(await judged()).toBe('ok');
    now += 10 * MINUTE;
    expect(await judged()).toBe('edge/unauthenticated');
  });

  test('that are new are found at once, half a minute after the last question', async () => {
    await judged();
    issuer.says.keys = { keys: [old.jwk, newer.jwk] };
    now += 29_000;
    expect([await judged(newer), issuer.asked()]).toEqual(['edge/unauthenticated', 1]);
    now += 1000;
    expect([await judged(newer), issuer.asked()]).toEqual(['ok', 2]);
  });

  test('that nobody has are asked for once in half a minute, however many name them', async () => {
    await judged();
    now += MINUTE;
    for (let at = 0; at < 50; at++) {
      expect(await judged(old, { kid: `unknown-${at}` })).toBe('edge/unauthenticated');
    }
    expect(issuer.asked()).toBe(2);
  });
});

const padded = () => ({ ...(issuer.says.about as object), padding: 'x'.repeat(70_000) });
const elsewhere = () => ({ issuer: issuer.url, jwks_uri: 'http://127.0.0.1:1/jwks' });

describe('an issuer is believed nothing, and nobody waits for it twice,', () => {
  test.each([
    [
      'who names itself otherwise',
      () => says({ ...(issuer.says.about as object), issuer: 'https://o.example' }),
      'otherwise',
    ],
    ['who says too much of itself', () => says(padded()), 'too much'],
    ['who is no JSON', () => says('<html>'), 'JSON'],
    ['whose keys lie where anybody may change them', () => says(elsewhere()), 'anybody on the way'],
    [
      'who has too many keys',
      () => void (issuer.says.keys = { keys: Array(101).fill(7) }),
      'too_big',
    ],
    [
      'whose keys are too long',
      () => void (issuer.says.keys = { keys: [], padding: 'x'.repeat(300_000) }),
      'too much',
    ],
    ['whose keys are none', () => void (issuer.says.keys = { keys: 'none' }), 'keys'],
  ])('%s', async (_, spoil, message) => {
    spoil();
    await expect(judged()).rejects.toThrow(message);
    await expect(judged()).rejects.toThrow('just now');
    now += 2000;
    await expect(judged()).rejects.toThrow(message);
  });

  test('who sends us elsewhere, even to where it is answered well', async () => {
    const other = await startTokenIssuer();
    other.says.about = issuer.says.about;
    says(`to ${other.url}`);
    await expect(judged()).rejects.toThrow('fetch failed');
    await other.close();
  });

  test('who does not answer in three seconds', async () => {
    says('silence');
    const before = performance.now();
    await expect(judged()).rejects.toThrow('timeout');
    expect(performance.now() - before).toBeLessThan(4500);
  });
});

describe('a key that must not sign does not, and is no harm to those beside it:', () => {
  const zeros = Buffer.alloc(256);
  const ones = Buffer.alloc(32, 1).toString('base64url');
  test.each([
    ['a point that is not on its curve', 'ES256', { kty: 'EC', crv: 'P-256', x: ones, y: ones }],
    ['half a point', 'ES256', { kty: 'EC', crv: 'P-256', x: ones, y: 'AQ' }],
    [
      'zeros before a short number',
      'RS256',
      { kty: 'RSA', n: `${'A'.repeat(340)}AQAB`, e: 'AQAB' },
    ],
    ['nothing but zeros', 'RS256', { kty: 'RSA', n: zeros.toString('base64url'), e: 'AQAB' }],
  ] as const)('edge/unauthenticated: a key that is none, %s', async (_, algorithm, jwk) => {
    issuer.says.keys = { keys: [{ ...jwk, kid: 'broken', use: 'sig' }, old.jwk] };
    const broken = await signingKeys(algorithm, { kid: 'broken' });
    expect(await judged(broken)).toBe('edge/unauthenticated');
    expect(await judged()).toBe('ok');
  });

  test('edge/unauthenticated: an RSA key of 1024 bits', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'short', use: 'sig' };
    issuer.says.keys = { keys: [jwk, old.jwk] };
    const [, claims] = (await token()).split('.');
    const signed = `${part({ alg: 'RS256', kid: 'short', typ: 'at+jwt' })}.${claims}`;
    const signature = sign('sha256', Buffer.from(signed), privateKey).toString('base64url');
    expect(await verify(`${signed}.${signature}`)).toEqual(fail('edge/unauthenticated', 'key'));
    expect(await judged()).toBe('ok');
  });

  test.each([
    ['for encryption', { use: 'enc' }],
    ['of another curve', { crv: 'secp256k1' }],
    ['of another algorithm', { alg: 'ES384' }],
    ['of no kind', { kty: 'none' }],
  ])('edge/unauthenticated: one %s', async (_, more) => {
    issuer.says.keys = { keys: [{ ...newer.jwk, ...more }, { kty: 'oct', k: 'AAAA' }, 7, old.jwk] };
    expect(await judged(newer)).toBe('edge/unauthenticated');
    expect(await judged()).toBe('ok');
  });
});
