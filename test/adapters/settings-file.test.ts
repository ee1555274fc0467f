import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../shared/adapters/settings-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const GOOD = {
  stage: 'test',
  holderName: 'Holder',
  senders: [
    { address: 'records@holder.example', name: 'Records', organizationOid: '1.2.3', contact: 'x' },
  ],
  anchors: ['-----BEGIN CERTIFICATE-----'],
  consentTexts: [{ language: 'en', version: '2026-01-01', text: 'Yes?' }],
};

describe('the settings file', () => {
  test('is found beside the bundle, and completed with what it leaves out', () => {
    writeFileSync(join(folder, 'good.json'), JSON.stringify(GOOD));
    const settings = readSettings('good.json', folder);
    expect(settings.senders[0]?.address).toBe('records@holder.example');
    expect(settings.deadlines.processedWithinSeconds).toBe(3600);
  });

  test('has its senders in the spelling in which requests name them', () => {
    const senders = [{ ...GOOD.senders[0], address: 'Records@Holder.Example' }];
    writeFileSync(join(folder, 'capitals.json'), JSON.stringify({ ...GOOD, senders }));
    expect(readSettings('capitals.json', folder).senders[0]?.address).toBe(
      'Records@holder.example',
    );
  });

  test('is an error that names each wrong field', () => {
    const senders = [{ ...GOOD.senders[0], address: 'us' }];
    const bad = { ...GOOD, stage: 'X', senders, anchors: ['x'] };
    writeFileSync(join(folder, 'bad.json'), JSON.stringify(bad));
    expect(() => readSettings('bad.json', folder)).toThrow(
      /stage: [^]*senders\.0\.address: not a Direct address[^]*anchors\.0: /,
    );
  });

  test.each([['absent.json'], ['broken.json']])('is an error that names the file: %s', (name) => {
    writeFileSync(join(folder, 'broken.json'), '{');
    expect(() => readSettings(name, folder)).toThrow(join(folder, name));
  });
});
