import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { stagesIn } from '../../infra/config.ts';
import { refusedReport } from '../../infra/local/demo/copy-report.ts';
import { readOptions } from '../../infra/local/demo/options.ts';
import { verdictOn } from '../../infra/local/demo/verdict.ts';
import { SAMPLE_PATIENTS, sampleRecord } from '../../infra/local/sample/record.ts';
import { describeWith } from '../support/needs.ts';

const DEMO = resolve(import.meta.dirname, '../../infra/local/demo.ts');

const demo = (...options: string[]) => demoIn(process.env, ...options);

const demoIn = async (env: NodeJS.ProcessEnv, ...options: string[]) => {
  const child = spawn(process.execPath, [DEMO, ...options], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, 'exit');
  return { out, err, code: child.exitCode };
};

const Copy = (flow: 'patient' | 'provider') =>
  z.strictObject({
    flow: z.literal(flow),
    status: z.literal('delivered'),
    facts: z.array(z.strictObject({ kind: z.string(), at: z.iso.datetime() })).min(5),
    messageBytes: z.int().min(1000),
    zipEntries: z.array(z.string()).min(5),
  });

/** What the demo tells that only this example has. */
const AS_WHOM: Readonly<Record<string, string>> = {
  'external-hisp': 'as records@clinic.hisp.example.net',
  payer: 'POST event: eob-available accepted',
  production: 'as records@direct.example.org',
  sandbox: 'by ses:',
  'two-facilities': 'as records@direct.south.example.org',
};

const lastLine = (said: string): string => said.trim().split('\n').at(-1) ?? '';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const sampleFile = (): string => {
  const file = join(folder, 'record.xml');
  writeFileSync(file, sampleRecord(SAMPLE_PATIENTS.samuel));
  return file;
};

describeWith(['java'], 'npm run demo', () => {
  test('with --json standard output is one value of the agreed shape, for both flows', async () => {
    const { out, err, code } = await demo('--json');
    const shape = z.strictObject({
      status: z.literal('delivered'),
      transmissions: z.tuple([Copy('patient'), Copy('provider')]),
    });
    const { transmissions } = shape.parse(JSON.parse(out));
    for (const { facts, zipEntries } of transmissions) {
      expect([facts[0]?.kind, facts.at(-1)?.kind]).toEqual(['requested', 'ended']);
      expect(zipEntries).toContain('IHE_XDM/SUBSET01/METADATA.XML');
    }
    expect([lastLine(err), code]).toEqual(['demo: delivered, 2 of 2 copies delivered', 0]);
    expect(err).toMatch(/The patient flow[^]*The provider flow/);
    const told = err.match(/told on the bus: requested, .*delivered$/gm);
    expect(told).toHaveLength(2);
  }, 150_000);
});

describeWith(['java', 'time'], 'npm run demo with a file', () => {
  test('walks the flow of a file to the end by the templates of a stage, and says so in its last line', async () => {
    const { out, code } = await demo('--record', sampleFile(), '--stage', 'two-facilities');
    const said = 'demo: delivered, 1 of 1 copies delivered; stage two-facilities';
    expect([lastLine(out), code]).toEqual([said, 0]);
    expect(out).toContain('The file: its patient');
    expect(out).toContain('IHE_XDM/SUBSET01/METADATA.XML');
  }, 150_000);

  test('a file that is no record has failed, with its code', async () => {
    const file = join(folder, 'no-record.xml');
    writeFileSync(file, '<html/>');
    const { out, err, code } = await demo('--record', file, '--json');
    expect(JSON.parse(out)).toMatchObject({
      status: 'failed',
      transmissions: [{ flow: 'file', status: 'failed', code: 'record/not-clinical-document' }],
    });
    expect([lastLine(err), code]).toEqual(['demo: failed, 0 of 1 copies delivered', 1]);
  }, 150_000);
});

describeWith(['java', 'time'], 'npm run demo by SES', () => {
  test('shows why a strict partner answers nothing that SES sends', async () => {
    const options = ['--relay', 'ses', '--partner', 'strict', '--json'];
    const { out, err, code } = await demo('--record', sampleFile(), ...options);
    const reason = 'envelope: MAIL FROM is not the From of the message';
    expect(JSON.parse(out)).toMatchObject({
      status: 'failed',
      transmissions: [{ code: 'notification/not-processed', partnerSays: [reason] }],
    });
    expect(err).toContain(`The partner says: ${reason}`);
    expect([lastLine(err), code]).toEqual(['demo: failed, 0 of 1 copies delivered', 1]);
  }, 150_000);
});

describeWith(['java', 'time'], 'npm run demo by the HISP of another organisation', () => {
  test.each([
    ['hisp-smtp', 'got it in clear, within TLS'],
    ['hisp-xdr', 'got it by XDR'],
  ])(
    'delivers through somebody else’s HISP: --relay %s',
    async (relay, sentence) => {
      const { out, code } = await demo('--record', sampleFile(), '--relay', relay);
      expect([lastLine(out), code]).toEqual(['demo: delivered, 1 of 1 copies delivered', 0]);
      expect(out).toMatch(/^ +unknown: Another mail service takes on copies to this address/m);
      expect(out).toContain(`The other HISP ${sentence}`);
      expect(out).toMatch(/confirmed +The mail service to which the copy was handed over/);
    },
    150_000,
  );
});

/** As many as there are examples. */
describeWith(['java', 'time'], 'npm run demo by the templates of an example', () => {
  test.each(stagesIn())(
    '%s',
    async (stage) => {
      const { out, err, code } = await demo('--stage', stage, '--verbose');
      const said = `demo: delivered, 2 of 2 copies delivered; stage ${stage}`;
      expect([lastLine(out), code]).toEqual([said, 0]);
      expect(out).toContain(AS_WHOM[stage]);
      // Functions, tables and metrics are those of the stage.
      expect(err).toContain(`direct-transmit-${stage}-send-transmission`);
    },
    200_000,
  );
});

describe('the options of the demo', () => {
  test.each([
    [[], { relay: 'smtp', partner: 'normal', verbose: false }],
    [['--json', '--verbose'], { relay: 'smtp', partner: 'normal', verbose: true }],
    [
      ['--relay', 'ses', '--partner', 'strict'],
      { relay: 'ses', partner: 'strict', verbose: false },
    ],
    [['--relay=hisp-xdr'], { relay: 'hisp-xdr', partner: 'normal', verbose: false }],
    [['--stage=sandbox'], { stage: 'sandbox', relay: 'ses', partner: 'normal', verbose: false }],
    [['--stage=payer'], { stage: 'payer', relay: 'smtp', partner: 'normal', verbose: false }],
    [
      ['--stage=external-hisp'],
      { stage: 'external-hisp', relay: 'hisp-smtp', partner: 'normal', verbose: false },
    ],
  ])('%j', (args, options) => {
    expect(readOptions(args)).toEqual(options);
  });

  test.each([
    [['--relay', 'fax'], 'There is no --relay "fax"; there is smtp, ses, hisp-smtp, hisp-xdr'],
    [['--relay', ''], 'There is no --relay ""; there is smtp'],
    [['--partner', 'rude'], 'There is no --partner "rude"; there is normal, strict'],
    [['--relay', 'hisp-smtp', '--partner', 'strict'], 'none meets --partner'],
    [['--stage', 'external-hisp', '--partner', 'strict'], 'none meets --partner'],
    [['--stage', 'prod'], 'There is no stage "prod". Known stages: external-hisp, payer,'],
    [['--stage', 'payer', '--relay', 'ses'], 'leave --relay out'],
    [['--relay'], 'argument missing'],
    [['fax'], 'fax'],
  ])('%j is answered with what there is', (args, says) => {
    expect(readOptions(args)).toEqual(expect.stringContaining(says));
    expect(readOptions(args)).toEqual(expect.stringContaining('usage: npm run demo'));
  });
});

describe('the demo without a system', () => {
  const FAILED = { status: 'failed', transmissions: [] };

  test.each([['--unknown'], ['--relay', 'fax'], ['--record', '/there/is/no/such/file']])(
    'explains a wrong option, and with --json is still one value: %s',
    async (...options) => {
      const { out, err, code } = await demo(...options, '--json');
      expect([JSON.parse(out), code]).toEqual([FAILED, 1]);
      expect(err).toContain('usage: npm run demo');
      expect(lastLine(err)).toBe('demo: failed, 0 of 0 copies delivered');
    },
  );

  test('that cannot start says why, and with --json is still one value', async () => {
    const env = { ...process.env, PATH: dirname(process.execPath) };
    const { out, err, code } = await demoIn(env, '--json');
    expect([JSON.parse(out), code]).toEqual([FAILED, 1]);
    expect(err).toMatch(/could not start: .*Java 17/);
  }, 90_000);
});

const verdictOnEnds = (...statuses: string[]) =>
  verdictOn(statuses.map((status) => ({ ...refusedReport('patient', 'deliver/refused'), status })));

describe('the verdict of the demo', () => {
  test.each([
    ['delivered', ['delivered', 'delivered']],
    ['stopped', ['delivered', 'stopped']],
    ['failed', ['stopped', 'failed']],
    ['failed', ['delivered', 'sent']],
    ['failed', []],
  ] as const)('is %s for %j', (status, copies) => {
    expect(verdictOnEnds(...copies).status).toBe(status);
  });
});
