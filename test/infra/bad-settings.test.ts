import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { CONFIG, ConfigError, readConfig, stagesIn } from '../../infra/config.ts';
import { CONTRADICTIONS } from './support/contradictions.ts';
import { example, patched, type Patch } from './support/patched-examples.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import { FAULTS } from './support/wrong-settings.ts';

/** What is said of an example that is patched, behind the name of the file. */
function said(patch: Patch, name = 'production', stage = name): string {
  const folder = temporaryFolder();
  cpSync(join(CONFIG, 'consent-texts'), join(folder, 'consent-texts'), { recursive: true });
  cpSync(join(CONFIG, 'anchors'), join(folder, 'anchors'), { recursive: true });
  const file = join(folder, `${stage}.json`);
  writeFileSync(file, JSON.stringify(patched(example(name), patch)));
  try {
    readConfig({ stage, folder });
    return 'nothing';
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message.slice(error.message.indexOf('.json: ') + '.json: '.length);
  }
}

describe('an example is taken as it is', () => {
  test.each(stagesIn())('%s', (name) => {
    expect(said({}, name)).toBe('nothing');
  });
});

describe('a wrong setting is answered with one sentence that says what to write', () => {
  test.each(FAULTS)('%s', (_, patch, says) => {
    expect(said(patch)).toBe(says);
  });

  test('every fault at once, one a line', () => {
    expect(said({ holderName: undefined, deployment: { region: 'Virginia' } })).toBe(
      `The settings are wrong:
  holderName is missing: write a text
  deployment.region: write a region, for example us-east-1`,
    );
  });
});

describe('settings that contradict each other are answered with one sentence that says what to write', () => {
  test.each(CONTRADICTIONS)('%s', (_, patch, says) => {
    expect(said(patch)).toBe(says);
  });

  test.each([
    ['aws-test', 'sandbox', true],
    ['test', 'sandbox', false],
    ['aws-test', 'payer', false],
  ])(
    'a stage called %s, as %s: its user pool cannot be called so: %p',
    (stage, name, isRefused) => {
      const says =
        'stage: the sign-in page of a user pool cannot have aws, amazon or cognito in its name: call the stage and its file otherwise, or write deployment.issuerUrl';
      const bundles = [{ name: 'community', url: 'https://bundles.example.org/community.p7b' }];
      expect(said({ bundles }, name, stage).includes(says)).toBe(isRefused);
    },
  );

  test('what is acknowledged is taken, each for itself', () => {
    const trust = { policy: 'any-valid', revocation: 'soft-fail' };
    const acknowledged = ['any-valid', 'soft-fail'];
    expect(said({ trust, deployment: { acknowledged } })).toBe('nothing');
    expect(said({ trust, deployment: { acknowledged: ['any-valid'] } })).toMatch(
      /^trust\.revocation: /,
    );
  });

  test('so is cryptography that others can break', () => {
    const weak = { acceptSha1: true, trust: { allowSha1: true, minimumRsaBits: 1024 } };
    expect(said({ ...weak, deployment: { acknowledged: ['sha-1', 'short-keys'] } })).toBe(
      'nothing',
    );
    expect(said({ ...weak, deployment: { acknowledged: ['sha-1'] } })).toMatch(
      /^trust\.minimumRsaBits: /,
    );
    expect(said(weak, 'sandbox')).toBe('nothing');
  });

  test('nothing has to be acknowledged where no patients are', () => {
    expect(said({ trust: { policy: 'any-valid' } }, 'sandbox')).toBe('nothing');
    expect(said({ trust: { policy: 'any-valid' } }, 'payer', 'sandbox-2')).toMatch(
      /^trust\.policy: /,
    );
  });

  test.each([
    'localhost',
    'login.localhost',
    'login',
    'login.local',
    'login.internal',
    '127.0.0.1',
    '0x7f.1',
    '172.16.0.1',
    '169.254.169.254',
    '[::1]',
    '[fd00::1]',
    '[::ffff:10.0.0.1]',
  ])('an issuer at %s is in a private network', (host) => {
    const issuerUrl = `https://${host}/`;
    expect(said({ deployment: { issuerUrl } })).toMatch(/is a host of a private network/);
  });

  test.each(['login.example.org', 'local.example.org', '172.32.0.1', '[2001:db8::1]'])(
    'an issuer at %s is not',
    (host) => {
      expect(said({ deployment: { issuerUrl: `https://${host}:8443/` } })).toBe('nothing');
    },
  );
});

describe('synth', () => {
  test('stops with the sentence and nothing else', () => {
    const file = join(temporaryFolder(), 'wrong.json');
    const wrong = patched(example('production'), { trust: { policy: 'any-valid' } });
    writeFileSync(file, JSON.stringify(wrong));
    const { status, stdout, stderr } = synth(file);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^\S+wrong\.json: trust\.policy: [^\n]*add "any-valid" to deployment\.acknowledged\n$/,
    );
  }, 60_000);

  test('deploys no stage of one machine, to which nearly all is allowed', () => {
    const file = join(temporaryFolder(), 'local.json');
    writeFileSync(file, JSON.stringify(patched(example('production'), { stage: 'local' })));
    const { status, stderr } = synth(file, { CDK_CLI_VERSION: '2' });
    expect([status, stderr]).toEqual([
      1,
      'stage: local runs on one machine; give what is deployed another name\n',
    ]);
  }, 60_000);
});

const synth = (file: string, more: object = {}) =>
  spawnSync(process.execPath, ['infra/app.ts'], {
    cwd: join(import.meta.dirname, '../..'),
    env: {
      ...process.env,
      SETTINGS_FILE: file,
      CDK_CONTEXT_JSON: '{"stage":"production"}',
      ...more,
    },
    encoding: 'utf8',
  });
