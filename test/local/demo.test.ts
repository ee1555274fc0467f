import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { SAMPLE_PATIENTS, sampleRecord } from '../../infra/local/sample/record.ts';
import { describeWith } from '../support/needs.ts';

const DEMO = resolve(import.meta.dirname, '../../infra/local/demo.ts');

const demo = async (...options: string[]) => {
  const child = spawn(process.execPath, [DEMO, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, 'exit');
  return { out, err, code: child.exitCode };
};

const lastLine = (said: string): string => said.trim().split('\n').at(-1) ?? '';

describeWith(['java'], 'npm run demo', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'demo-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('walks both flows to the end, and says so in its last line', async () => {
    const { out, code } = await demo();
    expect([lastLine(out), code]).toEqual(['demo: delivered, 2 of 2 copies delivered', 0]);
    expect(out).toContain('The patient flow');
    expect(out).toContain('The provider flow');
    expect(out).toContain('IHE_XDM/SUBSET01/METADATA.XML');
  }, 150_000);

  test('with --json standard output is one value of the agreed shape', async () => {
    const file = join(folder, 'record.xml');
    writeFileSync(file, sampleRecord(SAMPLE_PATIENTS.samuel));
    const { out, err, code } = await demo('--record', file, '--json');
    const { status, transmissions } = JSON.parse(out);
    expect([status, code, transmissions.length]).toEqual(['delivered', 0, 1]);
    const [copy] = transmissions;
    expect(Object.keys(copy)).toEqual(['flow', 'status', 'facts', 'messageBytes', 'zipEntries']);
    expect([copy.flow, copy.status]).toEqual(['file', 'delivered']);
    expect(copy.facts.at(0)).toEqual({ kind: 'requested', at: expect.any(String) });
    expect(copy.facts.at(-1).kind).toBe('ended');
    expect(copy.messageBytes).toBeGreaterThan(1000);
    expect(copy.zipEntries).toContain('IHE_XDM/SUBSET01/METADATA.XML');
    expect(lastLine(err)).toBe('demo: delivered, 1 of 1 copies delivered');
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

  test.each([['--unknown'], ['--record', '/there/is/no/such/file']])(
    'a wrong option is explained: %s',
    async (...options) => {
      const { out, err, code } = await demo(...options);
      expect([out, code]).toEqual(['', 2]);
      expect(err).toContain('usage: npm run demo');
    },
  );
});
