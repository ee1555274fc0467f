import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as z from 'zod';
import { callerAs } from '../../infra/local/api-client.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { SAMPLE_PATIENTS, sampleRecord } from '../../infra/local/sample/record.ts';
import { apiContract } from '../support/api/contract.ts';
import { describeWith } from '../support/needs.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');

/** Every piece of code of the page that somebody would run, in its language and in order. */
const SNIPPETS = [...PAGE.matchAll(/^```(sh|ts|python)\n([^]*?)^```$/gm)].map(
  ([, language = '', code = '']) => ({ language, code, name: code.split('\n', 1)[0] }),
);

const RUNNERS: Readonly<
  Record<string, readonly [file: string, command: string, ...args: string[]]>
> = {
  sh: ['snippet.sh', 'bash', '-euo', 'pipefail'],
  ts: ['snippet.mts', process.execPath],
  python: ['snippet.py', 'python3'],
};

const PATIENT = SAMPLE_PATIENTS.ana;

describeWith(['java', 'curl', 'python3', 'time'], 'docs/api.md', () => {
  let system: LocalSystem;
  beforeAll(async () => {
    system = await startLocalSystem();
    const ehr = await callerAs(system, { kind: 'system' });
    const { id, ...patient } = PATIENT;
    await ehr.call(`PUT /v1/patients/${id}`, z.unknown(), patient);
    const record = sampleRecord(PATIENT);
    await ehr.call(`PUT /v1/patients/${id}/record/documents/summary`, z.unknown(), record);
  }, 150_000);
  const folder = mkdtempSync(join(tmpdir(), 'api-page-'));
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await system?.close();
  }, 30_000);

  const run = (language: string, code: string): Promise<string> => {
    const [name = '', command = '', ...args] = RUNNERS[language] ?? [];
    const file = join(folder, name);
    writeFileSync(file, code);
    const env = {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      API: system.apiUrl,
      ISSUER: system.issuer.url,
    };
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    execFile(command, [...args, file], { env, timeout: 60_000 }, (error, out, said) =>
      error ? reject(new Error(`${error.message}\n${said}\n${out}`)) : resolve(out),
    );
    return promise;
  };

  test.each(SNIPPETS)(
    'has $language that works as it stands there: $name',
    async ({ language, code }) => {
      expect((await run(language, code)).trim()).not.toBe('');
    },
    90_000,
  );

  test('leaves of each language a copy that was delivered, and of the EHR a record', async () => {
    const portal = await callerAs(system, { kind: 'patient', patient: PATIENT.id });
    const Copies = z.object({ transmissions: z.array(z.object({ status: z.string() })) });
    const path = `GET /v1/patients/${PATIENT.id}/transmissions` as const;
    const { transmissions } = await portal.call(path, Copies);
    const delivered = transmissions.filter(({ status }) => status === 'delivered');
    expect(delivered.length).toBeGreaterThanOrEqual(3);
    const ehr = await callerAs(system, { kind: 'system' });
    const Record = z.object({ documents: z.array(z.unknown()).length(1) });
    await ehr.call('GET /v1/patients/ben/record', Record);
  });

  test('shows a problem as it looks', () => {
    const shown: unknown = JSON.parse(/```json\n([^]*?)```/.exec(PAGE)?.[1] ?? '');
    expect(apiContract().validator('components', 'schemas', 'Problem')(shown)).toBe(true);
  });
});
