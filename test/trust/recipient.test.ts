import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { DirectAddress } from '../../shared/ids.ts';
import { parseSettings, type Settings, type SettingsInput } from '../../shared/settings.ts';
import { anchorsOf } from '../../shared/trust/anchors.ts';
import { recipientOf } from '../../shared/trust/recipient.ts';
import { memoryCache } from '../support/memory/cache.ts';
import { memoryDirectory } from '../support/memory/directory.ts';
import { memoryFetch } from '../support/memory/fetch.ts';
import { cachedAuthority, issueQuickly, type Authority } from '../support/pki.ts';

const MAILBOX = 'dr@direct.example.org' as DirectAddress;
const TAGGED = 'dr+lab@direct.example.org' as DirectAddress;

let authority: Authority;
let certificate: Uint8Array;
beforeAll(async () => {
  authority = await cachedAuthority();
  ({ certificate } = await issueQuickly(authority, { address: MAILBOX }));
});

let directory: ReturnType<typeof memoryDirectory>;
beforeEach(() => {
  directory = memoryDirectory();
  directory.set('dr.direct.example.org', [{ type: 1, data: certificate }]);
});

const settingsWith = (differing: Partial<SettingsInput>): Settings =>
  parseSettings({
    stage: 'test',
    holderName: 'Green Street Pharmacy',
    senders: [{ address: 'a@b.example', name: 'A', organizationOid: '2.1', contact: 'Desk' }],
    anchors: [authority.certificatePem],
    consentTexts: [{ language: 'en', version: '2026-01-01', text: 'Yes' }],
    ...differing,
  });

async function codeFor(address: DirectAddress, differing: Partial<SettingsInput> = {}) {
  const settings = settingsWith(differing);
  const now = (): Date => new Date();
  const { outcome } = await recipientOf(address, {
    directory,
    fetch: memoryFetch().fetch,
    cache: memoryCache(now),
    now,
    anchors: async () => anchorsOf(settings),
    settings,
  });
  return outcome.ok ? outcome.value.proved : outcome.failure.code;
}

describe('a recipient with a tag', () => {
  test('is another address, unless the settings say that tags are for sorting mail', async () => {
    expect(await codeFor(MAILBOX)).toBe('mailbox');
    expect(await codeFor(TAGGED)).toBe('discover/no-certificate');
    expect(await codeFor(TAGGED, { discovery: { stripTags: true } })).toBe('mailbox');
  });
});

describe('the rules for a recipient', () => {
  test('are those of its domain', async () => {
    const trust = { domains: { 'direct.example.org': { revocation: 'required' } } } as const;
    expect(await codeFor(MAILBOX, { trust })).toBe('trust/revocation-unknown');
  });
});
