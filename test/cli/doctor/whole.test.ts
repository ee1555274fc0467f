import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { doctorCommand } from '../../../infra/cli/commands/doctor.ts';
import { examine, type Told } from '../../../infra/cli/doctor/examine.ts';
import { readOutputs } from '../../../infra/cli/doctor/installation.ts';
import { withAwsEnv } from '../../adapters/aws-env.ts';
import { cachedAuthority } from '../../support/pki.ts';
import { runCli } from '../run-cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
const undo = withAwsEnv({});
afterAll(() => {
  undo();
  rmSync(folder, { recursive: true });
});

const write = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

let anchor: string;
beforeAll(async () => {
  anchor = (await cachedAuthority()).certificatePem;
});

const stage = (more: object = {}) => ({
  stage: 'test',
  holderName: 'Holder',
  senders: [
    { address: 'records@holder.example', name: 'Holder', organizationOid: '2.999.1', contact: 'x' },
  ],
  anchors: [anchor],
  consentTexts: [{ language: 'en', version: '2026-01-01', text: 'Yes' }],
  deployment: { region: 'us-east-1', relayUrl: 'smtps://relay.example' },
  ...more,
});

const told = (more: Partial<Told>): Told => ({
  identitySecrets: [],
  anchors: [],
  loopback: false,
  ...more,
});

const doctor = (...args: readonly string[]) => runCli({ doctor: doctorCommand }, 'doctor', ...args);

describe('what is looked at', () => {
  test('are the settings of a stage, and what is known of its deployment', async () => {
    const settings = write('test.json', stage());
    const outputs = write('outputs.json', {
      'DirectTransmit-test-Foundation': { IdentitySecret: 'arn:id', RelaySecret: 'arn:relay' },
      'DirectTransmit-test-Trust': { TrustBucket: 'anchors', RefreshTrustNow: 'aws …' },
    });
    expect(await examine(told({ settings, outputs, trustBucket: 'other' }))).toMatchObject({
      kind: 'ready',
      lines: [],
      examined: {
        relayUrl: 'smtps://relay.example',
        resolvers: 'system',
        deployed: {
          identitySecrets: ['arn:id'],
          relaySecret: 'arn:relay',
          trustBucket: 'other',
        },
      },
    });
  });

  test('an option counts before the outputs, and before the settings', async () => {
    const settings = write('test.json', stage());
    const outputs = write('outputs.json', { Stack: { IdentitySecret: 'arn:id' } });
    const asked = { identitySecrets: ['arn:mine'], relayUrl: 'smtps://mine', dns: '127.0.0.1:1' };
    expect(await examine(told({ settings, outputs, ...asked }))).toMatchObject({
      examined: {
        relayUrl: 'smtps://mine',
        resolvers: '127.0.0.1:1',
        deployed: { identitySecrets: ['arn:mine'], trustBucket: undefined },
      },
    });
  });

  test('texts that are not published fail, and the rest is looked at all the same', async () => {
    const settings = write('pilot.json', stage({ stage: 'pilot' }));
    const examination = await examine(told({ settings }));
    expect(examination).toMatchObject({
      kind: 'ready',
      lines: [
        { check: 'settings', verdict: 'fail', says: expect.stringContaining('not published') },
      ],
    });
  });

  test('outputs of every stack are read, whatever they are called by CDK', async () => {
    const outputs = write('outputs.json', {
      A: { SigningSecretArn12: 'arn:sign', DecryptionSecret: 'arn:open' },
    });
    expect((await readOutputs(outputs)).identitySecrets).toEqual(['arn:sign', 'arn:open']);
  });
});

describe('the doctor', () => {
  test('of settings that cannot be read says one line, and fails', async () => {
    const { exitCode, out } = await doctor(
      '--settings',
      write('test.json', stage({ senders: [] })),
    );
    expect([exitCode, out]).toEqual([
      1,
      [
        expect.stringMatching(/^fail settings {5}.*senders/),
        expect.stringMatching(/^ +fix: /),
        'doctor: 0 ok, 0 warn, 1 fail',
      ],
    ]);
  });

  test('with --json says the same to programs, and the summary beside', async () => {
    const settings = write('test.json', '[]');
    const { exitCode, out, err } = await doctor('--settings', settings, '--json');
    expect([exitCode, err]).toEqual([1, ['doctor: 0 ok, 0 warn, 1 fail']]);
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      stage: 'test',
      fail: 1,
      lines: [{ check: 'settings', verdict: 'fail', fix: expect.any(String) }],
    });
  });

  test.each<[string, readonly string[], string]>([
    ['nothing to look at', [], 'Name what to look at'],
    ['two things to look at', ['--stage', 'sandbox', '--local', 'x'], 'Name what to look at'],
    ['an address without its certificate', ['a@b.example'], '--cert'],
    ['a folder in which nothing runs', ['--local', folder], 'there is no such file'],
  ])('says in one line what is wrong: %s', async (_, args, says) => {
    const ran = await doctor(...args);
    expect(ran).toMatchObject({ exitCode: 1, out: [], err: [expect.stringContaining(says)] });
  });

  test('says of a file that is none of a run what should be in it', async () => {
    const run = join(folder, 'run');
    mkdirSync(run);
    writeFileSync(join(run, 'started.json'), '{}');
    const { err } = await doctor('--local', run);
    expect(err).toEqual([expect.stringContaining('is not what npm start writes')]);
  });
});
