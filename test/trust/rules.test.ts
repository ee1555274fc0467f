import { describe, expect, test } from '@jest/globals';
import type { DirectAddress } from '../../shared/ids.ts';
import { parseSettings, type SettingsInput } from '../../shared/settings.ts';
import { rulesFor, STRICT } from '../../shared/trust/rules.ts';

const LEE = 'dr.lee@direct.clinic.example' as DirectAddress;
const ROY = 'dr.roy@direct.hospital.example' as DirectAddress;

const settingsWith = (differing: Partial<SettingsInput>) =>
  parseSettings({
    stage: 'test',
    holderName: 'Green Street Pharmacy',
    senders: [
      { address: 'records@a.example', name: 'A', organizationOid: '2.16.840.1', contact: 'Desk' },
    ],
    anchors: ['-----BEGIN CERTIFICATE-----'],
    consentTexts: [{ language: 'en', version: '2026-01-01', text: 'Yes' }],
    ...differing,
  });

describe('the rules for an address', () => {
  test('are strict where nothing is said', () => {
    expect(rulesFor(LEE, settingsWith({}))).toEqual(STRICT);
    expect(STRICT).toMatchObject({ revocation: 'hard-fail', policy: 'bundle', allowSha1: false });
  });

  test('are those of its domain before those for everybody', () => {
    const settings = settingsWith({
      trust: {
        revocation: 'required',
        maxDepth: 3,
        domains: { 'direct.clinic.example': { revocation: 'soft-fail', policy: 'any-valid' } },
      },
    });
    expect(rulesFor(LEE, settings)).toEqual({
      ...STRICT,
      maxDepth: 3,
      revocation: 'soft-fail',
      policy: 'any-valid',
    });
    expect(rulesFor(ROY, settings)).toEqual({ ...STRICT, maxDepth: 3, revocation: 'required' });
  });

  test('demand a policy of the whole path when one is required', () => {
    const settings = settingsWith({ trust: { requiredPolicies: ['2.999.1', '2.999.2'] } });
    expect(rulesFor(LEE, settings)).toEqual({
      ...STRICT,
      initialPolicies: new Set(['2.999.1', '2.999.2']),
      explicitPolicy: true,
    });
  });
});

describe('settings', () => {
  test('must name an anchor or a bundle of them', () => {
    expect(() => settingsWith({ anchors: [] })).toThrow(/anchors: without an anchor/);
    const bundles = [{ name: 'directtrust', url: 'https://bundles.example/accredited.p7b' }];
    expect(settingsWith({ anchors: [], bundles }).bundles).toEqual(bundles);
  });

  test('take a bundle that nobody has to have signed over https only', () => {
    const open = { name: 'community', url: 'http://bundles.example/community.p7b' };
    const signer = '-----BEGIN CERTIFICATE-----';
    expect(() => settingsWith({ bundles: [open] })).toThrow(/bundles\.0\.url: https, or a signer/);
    expect(settingsWith({ bundles: [{ ...open, signer }] }).bundles).toHaveLength(1);
  });

  test('call each bundle by a name of its own', () => {
    const [url, name] = ['https://bundles.example/accredited.p7b', 'accredited'];
    const twice = [
      { name, url },
      { name, url: `${url}?old` },
    ];
    expect(() => settingsWith({ bundles: twice })).toThrow(
      /bundles: two bundles have the same name/,
    );
  });

  test.each([
    ['switched off', { trust: { revocation: 'off' } }],
    ['with keys of 512 bits', { trust: { minimumRsaBits: 512 } }],
    ['by a domain in capitals', { trust: { domains: { 'Clinic.example': {} } } }],
    ['by no OID', { trust: { requiredPolicies: ['LoA3'] } }],
  ])('refuse trust that is decided %s', (_, differing) => {
    expect(() => settingsWith(differing as never)).toThrow(/trust\./);
  });
});
