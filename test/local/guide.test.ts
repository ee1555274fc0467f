import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as z from 'zod';
import { callerAs } from '../../infra/local/api-client.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { SAMPLE_PATIENTS, sampleRecord } from '../../infra/local/sample/record.ts';
import { describeStarted } from '../../infra/local/start/started.ts';
import { guide, type ShownText } from '../../infra/local/start/guide.ts';
import { describeWith } from '../support/needs.ts';
import { eventually } from './fixture.ts';

describeWith(['java', 'time'], 'what npm start says to try', () => {
  let system: LocalSystem;
  beforeAll(async () => {
    system = await startLocalSystem({ minuteLastsSeconds: 1 });
  }, 120_000);
  afterAll(() => system?.close());

  test('its commands work as they stand, and the copies arrive', async () => {
    const { id, ...patient } = SAMPLE_PATIENTS.ana;
    const ehr = await callerAs(system, { kind: 'system' });
    await ehr.call(`PUT /v1/patients/${id}`, z.unknown(), patient);
    const document = sampleRecord(SAMPLE_PATIENTS.ana);
    await ehr.call(`PUT /v1/patients/${id}/record/documents/summary`, z.unknown(), document);
    const response = await fetch(`${system.apiUrl}/v1/consent-texts/en`);
    const { language, version, sha256 } = (await response.json()) as ShownText;

    await describeStarted(system);
    const said = guide(system, SAMPLE_PATIENTS.ana, { language, version, sha256 });
    for (const page of ['/', '/share', '/provider']) {
      const url = `${system.portalUrl}${page}`;
      expect(said).toContain(`${url} `);
      expect(await (await fetch(url)).text()).toContain('<title>Share with Direct</title>');
    }
    const commands = said.split('\n').flatMap((line) => /^ {2}\$ (.*)$/.exec(line)?.[1] ?? []);
    expect(commands).toHaveLength(14);
    const script = commands.map((command) => `${command}; echo`).join('\n');
    const { stdout } = await promisify(execFile)('sh', ['-c', script]);

    const answers = stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(stdout).toMatch(/^doctor: \d{2} ok, 0 warn, 0 fail$/m);
    expect(stdout).toMatch(/^dr\.lopez@\S+: 1 found at dns-domain$/m);
    expect(answers.map((answer) => Object.keys(answer))).toEqual([
      ['places'],
      expect.arrayContaining(['reachability', 'proved']),
      expect.arrayContaining(['text']),
      expect.arrayContaining(['id', 'decision']),
      expect.arrayContaining(['id', 'reachability']),
      ['transmissions'],
      ['activity'],
      ['results'],
    ]);
    expect(answers[0]).toMatchObject({ places: [{ name: 'Portland Heart Center' }] });
    expect(answers[7]).toMatchObject({ results: [{ result: 'accepted', requests: 1 }] });

    const portal = await callerAs(system, { kind: 'patient', patient: id });
    const Lines = z.object({ transmissions: z.array(z.object({ status: z.string() })) });
    await eventually(async () => {
      const path = `GET /v1/patients/${id}/transmissions` as const;
      const { transmissions } = await portal.call(path, Lines);
      const delivered = transmissions.filter(({ status }) => status === 'delivered');
      return delivered.length >= 2;
    }, 25);
    const Log = z.object({
      activity: z.array(z.object({ action: z.string(), who: z.object({ kind: z.string() }) })),
    });
    await eventually(async () => {
      const { activity } = await portal.call(`GET /v1/patients/${id}/activity`, Log);
      const told = activity.map(({ action, who }) => `${who.kind} ${action}`);
      return (
        told.filter((line) => line === 'system copy-delivered').length >= 2 &&
        told.filter((line) => line === 'system copy-sent').length >= 2 &&
        told.slice(-2).join() === 'you request-made,you consent-accepted'
      );
    }, 10);
  }, 60_000);
});
