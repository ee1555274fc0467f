import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../infra/config.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const ACM = 'arn:aws:acm:us-east-1:123456789012:certificate/1-2-3';
const CONFIG = join(import.meta.dirname, '../../infra/config');

const { anchors: ANCHORS } = readConfig({ stage: 'sandbox' }).settings;

/** A copy of the real configuration in which one thing was changed. */
function changed(change: (folder: string, sandbox: Record<string, unknown>) => void): string {
  const folder = temporaryFolder();
  cpSync(CONFIG, folder, { recursive: true });
  const file = join(folder, 'sandbox.json');
  const sandbox = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  change(folder, sandbox);
  writeFileSync(file, JSON.stringify(sandbox));
  return folder;
}

const withAnchor = (text: string): string =>
  changed((folder) => writeFileSync(join(folder, 'anchors/sandbox/odd.pem'), text));

const complaintAbout = (folder: string, stage = 'sandbox'): string => {
  try {
    readConfig({ stage, folder });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('There was no complaint');
};

describe('the configuration of a stage', () => {
  const { settings, deployment } = readConfig({ stage: 'sandbox' });

  test('has the texts of infra/config/consent-texts, by language and version', () => {
    const english = settings.consentTexts.find(({ language }) => language === 'en');
    expect(english?.version).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(english?.text).toContain('You are asking **Example Health** to send');
    expect(english?.text).not.toContain('{');
  });

  test('has the anchors of its folder, without what is written around them', () => {
    expect(settings.anchors).toHaveLength(1);
    expect(settings.anchors[0]).toMatch(/^-----BEGIN CERTIFICATE-----/);
  });

  test('has the defaults of what it leaves out', () => {
    expect(settings.deadlines.processedWithinSeconds).toBe(3600);
    expect(deployment).toMatchObject({ sendConcurrency: 10, logRetentionDays: 365 });
  });

  test('may come from another file, which may hold anchors and texts itself', () => {
    const file = join(temporaryFolder(), 'mine.json');
    const mine = {
      ...settings,
      stage: 'local',
      anchors: [...settings.anchors, settings.anchors[0]],
    };
    writeFileSync(file, JSON.stringify(mine));
    expect(readConfig({ stage: 'sandbox', file }).settings).toEqual(mine);
  });
});

describe('a wrong configuration is refused with a sentence', () => {
  test('a stage that is not there: the ones that are', () => {
    expect(complaintAbout(CONFIG, 'prod')).toContain(
      'There is no stage "prod". Known stages: external-hisp, payer, production, sandbox, two-facilities.',
    );
  });

  test('a stage that is a path', () => {
    expect(complaintAbout(CONFIG, '../config/sandbox')).toContain('There is no stage');
  });

  test('a file that was copied and still names the other stage', () => {
    const folder = changed((root, sandbox) => {
      writeFileSync(join(root, 'prod.json'), JSON.stringify({ ...sandbox, stage: 'sandbox' }));
    });
    expect(complaintAbout(folder, 'prod')).toMatch(
      /prod\.json: stage: it names the stage of another file: write "prod", or take it out$/,
    );
  });

  test('every wrong field at once, with its path', () => {
    const folder = changed((_, sandbox) => {
      delete sandbox['holderName'];
      sandbox['deadlines'] = { leaseSeconds: 0 };
    });
    const complaint = complaintAbout(folder);
    expect(complaint).toMatch(/sandbox\.json: The settings are wrong:/);
    expect(complaint).toMatch(/^ {2}holderName is missing: write a text$/m);
    expect(complaint).toMatch(/^ {2}deadlines\.leaseSeconds: write more than 0$/m);
  });

  test('codes that metadata could not hold', () => {
    const folder = changed((_, sandbox) => {
      const facilityType = ['264372000', 'SNOMED CT', 'Pharmacy'];
      const practiceSetting = ['', '2.16.840.1.113883.6.96', 'General medical practice'];
      sandbox['fallbacks'] = { facilityType, practiceSetting };
    });
    const complaint = complaintAbout(folder);
    expect(complaint).toMatch(/^ {2}fallbacks\.facilityType\.1: write an OID/m);
    expect(complaint).toMatch(/^ {2}fallbacks\.practiceSetting\.0: /m);
  });

  test('a field that nobody reads', () => {
    const folder = changed((_, sandbox) => Object.assign(sandbox, { holdername: 'x' }));
    expect(complaintAbout(folder)).toContain('holdername');
  });

  test.each([
    ['region', 'Virginia'],
    ['account', '12'],
    ['relayUrl', 'https://relay.example.org'],
    ['relayUrl', 'ses'],
    ['relayUrl', 'smtps:'],
    ['relayUrl', 'hisp+https://hisp.example.org'],
    ['issuerUrl', 'http://login.example.org'],
    ['sendConcurrency', 1],
    ['logRetentionDays', 31],
    ['signingKeys', ['arn:aws:kms:us-east-1:123456789012:alias/signing']],
    ['domain', { name: 'https://api.example.org', certificateArn: ACM }],
    ['domain', { name: 'api.example.org', certificateArn: 'arn:aws:iam::123456789012:x/y' }],
    ['domain', { name: 'api.example.org', certificateArn: ACM, truststore: 'callers.pem' }],
    ['systemsDomain', { name: 'api.example.org', certificateArn: ACM }],
    // Nobody else would have a way in.
    [
      'systemsDomain',
      { name: 'api.example.org', certificateArn: ACM, truststore: 's3://callers/a' },
    ],
    ['colour', 'red'],
    ...[
      '*',
      'null',
      'https://portal.example.org/',
      'https://portal.example.org/app',
      'https://*.example.org',
      'https://Portal.example.org',
      'http://portal.example.org',
      'http://localhost.example.org',
      'http://localhost/',
      'https://me@portal.example.org',
    ].map((origin): [string, unknown] => ['corsOrigins', ['https://portal.example.org', origin]]),
  ])('deployment.%s: %s', (name, value) => {
    const folder = changed((_, sandbox) => {
      sandbox['deployment'] = { ...(sandbox['deployment'] as object), [name]: value };
    });
    expect(complaintAbout(folder)).toMatch(new RegExp(`sandbox\\.json: deployment\\.${name}.*: .`));
  });

  test('a page on a laptop, but where the stage is for that', () => {
    const onLaptop = changed((folder, sandbox) => {
      sandbox['deployment'] = { corsOrigins: ['http://localhost:5173'] };
      const local = { ...sandbox, stage: 'local', anchors: ANCHORS };
      writeFileSync(join(folder, 'local.json'), JSON.stringify(local));
    });
    expect(complaintAbout(onLaptop)).toMatch(/corsOrigins\.0: http:\/\/localhost/);
    const { deployment } = readConfig({ stage: 'local', folder: onLaptop });
    expect(deployment.corsOrigins).toEqual(['http://localhost:5173']);
  });

  test('a password in the URL of the relay, and the complaint does not repeat it', () => {
    const folder = changed((_, sandbox) => {
      sandbox['deployment'] = { relayUrl: 'smtps://me:hunter2@relay.example.org:465' };
    });
    expect(complaintAbout(folder)).toMatch(/deployment\.relayUrl: write .* without credentials/);
    expect(complaintAbout(folder)).not.toContain('hunter2');
  });

  test('a file that is no JSON, or no object', () => {
    const broken = temporaryFolder();
    writeFileSync(join(broken, 'sandbox.json'), '{');
    writeFileSync(join(broken, 'list.json'), '[]');
    expect(complaintAbout(broken)).toMatch(/sandbox\.json: /);
    expect(complaintAbout(broken, 'list')).toMatch(/list\.json: not a JSON object/);
  });

  test('a stage without anchors', () => {
    const folder = changed((root, sandbox) => {
      writeFileSync(join(root, 'other.json'), JSON.stringify(sandbox));
    });
    expect(complaintAbout(folder, 'other')).toMatch(/other\.json: anchors: /);
  });

  test('an anchor that is no certificate', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----\n';
    expect(complaintAbout(withAnchor(key))).toMatch(/odd\.pem: holds a PRIVATE KEY/);
    expect(complaintAbout(withAnchor(key.replaceAll('PRIVATE KEY', 'CERTIFICATE')))).toMatch(
      /odd\.pem: /,
    );
  });
});
