import { describe, expect, test } from '@jest/globals';
import {
  challengeOf,
  isInWindow,
  keepProof,
  newProof,
  takeProof,
} from '../../../portal/pages/sign-in/proof.ts';
import { questionUrl } from '../../../portal/pages/sign-in/question.ts';
import { isKnown, leavingUrl } from '../../../portal/pages/sign-in/sign-in-service.ts';
import { storage } from './storage.ts';

const SERVICE = {
  clientId: 'portal',
  authorizeUrl: 'https://id.example/authorize?tenant=7',
  tokenUrl: 'https://id.example/token',
  scope: 'consent.read',
};

describe('what shows that an answer is ours', () => {
  test('the challenge is that of RFC 7636, appendix B', async () => {
    const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    expect(await challengeOf({ state: '', verifier })).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  test('is new each time, and as long and plain as RFC 7636 has it', () => {
    const proofs = Array.from({ length: 50 }, () => newProof());
    const texts = proofs.flatMap(({ state, verifier }) => [state, verifier]);
    expect(texts.filter((text) => !/^[\w-]{43}$/.test(text))).toEqual([]);
    expect(new Set(texts).size).toBe(100);
  });

  test('says whether the answer comes to a window of its own', () => {
    expect([isInWindow(newProof(true).state), isInWindow(newProof().state)]).toEqual([true, false]);
  });

  test('is taken once, by its own answer', () => {
    const kept = storage();
    const proof = newProof();
    keepProof(proof, kept);
    expect(takeProof(proof.state, kept)).toEqual(proof);
    expect(takeProof(proof.state, kept)).toBeUndefined();
  });

  test('is gone after an answer that somebody else asked for', () => {
    const kept = storage();
    const proof = newProof();
    keepProof(proof, kept);
    expect(takeProof(newProof().state, kept)).toBeUndefined();
    expect(takeProof(proof.state, kept)).toBeUndefined();
  });
});

describe('where to go to sign in', () => {
  const proof = { state: 'a&b', verifier: 'v'.repeat(43) };
  const asked = async (wish: object) => {
    const url = await questionUrl(SERVICE, 'https://p.example/share', proof, { language: 'es', ...wish }); // prettier-ignore
    return Object.fromEntries(new URL(url).searchParams);
  };

  test('a question of the code flow, with the challenge and never the verifier', async () => {
    expect(await asked({})).toEqual({
      tenant: '7',
      response_type: 'code',
      client_id: 'portal',
      redirect_uri: 'https://p.example/share',
      scope: 'consent.read',
      state: 'a&b',
      code_challenge: await challengeOf(proof),
      code_challenge_method: 'S256',
      ui_locales: 'es',
    });
  });

  test('opened by an EHR, what it was opened with', async () => {
    const launched = { kind: 'launched', launch: 'x&y', iss: 'https://ehr.example/fhir' };
    const { launch, aud, scope } = await asked({ launched });
    expect([launch, aud, scope]).toEqual([
      'x&y',
      'https://ehr.example/fhir',
      'consent.read launch',
    ]);
  });

  test('for a stronger sign-in, which', async () => {
    const { acr_values: acr, max_age: age } = await asked({ acrValues: 'a b', maxAgeSeconds: 0 });
    expect([acr, age]).toEqual(['a b', '0']);
  });
});

describe('who may open a page for a patient', () => {
  test.each([
    ['https://id.example/fhir', true],
    ['https://id.example.evil.example/fhir', false],
    ['https://evil.example/?https://id.example', false],
    ['http://id.example/fhir', false],
    ['https://id.example:8443/fhir', false],
    ['javascript:alert(1)', false],
    ['', false],
  ])('%j: %s', (iss, known) => expect(isKnown(iss, SERVICE)).toBe(known));

  test('to the letter, where the deployment names them', () => {
    const service = { ...SERVICE, launchedBy: ['https://ehr.example/fhir'] };
    expect(isKnown('https://ehr.example/fhir', service)).toBe(true);
    expect(isKnown('https://ehr.example/fhir/', service)).toBe(false);
    expect(isKnown('https://id.example/fhir', service)).toBe(false);
  });
});

describe('signing out', () => {
  test('leads to the first page, or ends the session of a user pool too', () => {
    const back = 'https://p.example/share';
    expect(leavingUrl(SERVICE, back)).toBe('/');
    expect(leavingUrl({ ...SERVICE, signOutUrl: 'https://id.example/logout' }, back)).toBe(
      'https://id.example/logout?client_id=portal&logout_uri=https%3A%2F%2Fp.example%2Fshare',
    );
  });
});
