import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../shared/adapters/settings-file.ts';
import { parseSettings } from '../../shared/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const WRITTEN = {
  stage: 'test',
  holderName: 'Holder',
  senders: [
    {
      address: 'Records@Holder.Example',
      name: 'Records',
      organizationOid: '1.2.3',
      contact: 'x',
    },
  ],
  anchors: ['-----BEGIN CERTIFICATE-----'],
  consentTexts: [{ language: 'en', version: '2026-01-01', text: 'Yes?' }],
};

const readBack = (content: unknown) => {
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(content));
  return readSettings('settings.json', folder);
};

describe('the settings file', () => {
  test('is found beside the bundle, and is what was parsed when it was deployed', () => {
    const settings = parseSettings(WRITTEN);
    expect(readBack(settings)).toEqual(settings);
    expect(readBack(settings).deadlines.processedWithinSeconds).toBe(3600);
  });

  test('says after JSON what it said before, and parsed again the same: nothing of it is no JSON', () => {
    const settings = parseSettings({
      ...WRITTEN,
      xdr: [{ subject: 'ehr', certificates: ['AB'.repeat(32)] }],
      mailbox: { url: 'imaps://mail.holder.example', of: 'relay' },
      identity: { issuers: [{ name: 'default', acr: ['gold'] }] },
      trust: { domains: { 'clinic.example': { revocation: 'soft-fail' } } },
    });
    const read = readBack(settings);
    expect(read).toEqual(settings);
    expect(parseSettings(read)).toEqual(settings);
  });

  test('is an error when nobody parsed it, because functions believe it', () => {
    expect(() => readBack(WRITTEN)).toThrow(
      /was not written by a deployment: deadlines, identity, relay, trust$/,
    );
    expect(() => readBack([])).toThrow('not written by a deployment: stage, ');
    expect(() => readBack(null)).toThrow('not written by a deployment: stage, ');
  });

  test.each([['absent.json'], ['broken.json']])('is an error that names the file: %s', (name) => {
    writeFileSync(join(folder, 'broken.json'), '{');
    expect(() => readSettings(name, folder)).toThrow(join(folder, name));
  });
});
