import { describe, expect, test } from '@jest/globals';
import { parseSettings } from '../shared/settings.ts';
import { issuersBeside } from './support/issuers.ts';

const PEM = '-----BEGIN CERTIFICATE-----';
const CLINIC = { name: 'clinic', url: 'https://clinic.example/auth', audiences: ['api'] };

const settingsWith = (issuers: readonly object[], stage = 'prod') =>
  parseSettings({
    stage,
    holderName: 'Example Health',
    senders: [
      { address: 'a@direct.example.org', name: 'A', organizationOid: '2.999.1', contact: 'B' },
    ],
    anchors: [PEM],
    consentTexts: [{ language: 'en', version: '2026-01-01', text: 'Yes?' }],
    identity: { issuers },
  }).identity.issuers;

const complaintAbout = (issuers: readonly object[], stage?: string): string => {
  try {
    settingsWith(issuers, stage);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

describe('an issuer of the settings', () => {
  test('has defaults for all but its name, its URL and its audiences', () => {
    expect(settingsWith([CLINIC])).toEqual([
      {
        ...CLINIC,
        algorithms: ['RS256', 'ES256', 'ES384'],
        kinds: ['patient', 'representative', 'provider', 'system', 'admin'],
        form: 'standard',
        claims: {
          patient: 'patient',
          person: 'fhirUser',
          relationship: 'relationship',
          authorityUntil: 'authority_until',
        },
        acr: [],
        amr: [],
      },
    ]);
  });

  test.each([
    ['issuers.0.url: write it: only the issuer', [{ name: 'a', audiences: ['b'] }]],
    ['issuers.0.audiences: write it: only the issuer', [{ name: 'a', url: 'https://a.example' }]],
    [
      'issuers.0.url: take it out: that of the issuer named default',
      [{ ...CLINIC, name: 'default' }],
    ],
    ['issuers.0.url: https, without credentials', [{ ...CLINIC, url: 'http://a.example' }]],
    ['issuers.0.url: https, without credentials', [{ ...CLINIC, url: 'https://a@b.example' }]],
    ['issuers.0.url: https, without credentials', [{ ...CLINIC, url: 'https://b.example/?a' }]],
    ['issuers.0.url: https, without credentials', [{ ...CLINIC, url: 'http://127.0.0.1.example' }]],
    ['issuers.0.name: lower-case letters', [{ ...CLINIC, name: 'Clinic 1' }]],
    ['issuers.0.audiences', [{ ...CLINIC, audiences: [] }]],
    ['issuers.0.algorithms.0', [{ ...CLINIC, algorithms: ['HS256'] }]],
    ['issuers.0.algorithms.0', [{ ...CLINIC, algorithms: ['none'] }]],
    ['issuers.0.kinds', [{ ...CLINIC, kinds: [] }]],
    ['issuers.0.kinds.0', [{ ...CLINIC, kinds: ['root'] }]],
    ['issuers.0.acr.0: ASCII without blanks, quotes', [{ ...CLINIC, acr: ['a"b'] }]],
    ['issuers.0.stepUp: acr, maxAuthAgeSeconds, or both', [{ ...CLINIC, stepUp: {} }]],
    ['issuers.0: Unrecognized key', [{ ...CLINIC, arc: ['loa2'] }]],
    ['issuers: two issuers have the same name', [CLINIC, { ...CLINIC, url: 'https://o.example' }]],
    ['issuers: one URL stands there twice', [CLINIC, { ...CLINIC, name: 'other' }]],
  ])('%s', (complaint, issuers) => {
    expect(complaintAbout(issuers)).toContain(`identity.${complaint}`);
  });
});

describe('the issuers that are believed', () => {
  const deployed = { url: 'https://login.example.org/', audience: 'https://api.example.org/' };

  test('are that of the deployment, by the rules under its name, and all others', () => {
    const rules = { name: 'default', acr: ['loa2'], kinds: ['patient' as const] };
    const issuers = issuersBeside(deployed, { issuers: [CLINIC, rules] });
    expect(issuers).toMatchObject([
      {
        name: 'default',
        url: deployed.url,
        audiences: [deployed.audience],
        acr: ['loa2'],
        kinds: ['patient'],
      },
      CLINIC,
    ]);
  });

  test('are that of the deployment alone, where the settings name none', () => {
    expect(issuersBeside(deployed)).toMatchObject([{ name: 'default', acr: [], amr: [] }]);
  });

  test('are never two of one URL, and never one that could not be believed', () => {
    const issuers = [{ ...CLINIC, url: deployed.url }];
    expect(() => issuersBeside(deployed, { issuers })).toThrow('under another name');
    expect(() => issuersBeside({ ...deployed, url: 'http://login.example.org' })).toThrow('none');
  });
});
