import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as z from 'zod';
import { callerAs, type Caller } from '../../infra/local/api-client.ts';
import { followCopies, View } from '../../infra/local/demo/follow.ts';
import { progressTo } from '../../infra/local/demo/progress.ts';
import {
  acceptConsent,
  registerWithRecord,
  requestTransmission,
} from '../../infra/local/demo/steps.ts';
import { makeIdentities } from '../../infra/local/certificates/identities.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { SAMPLE_PATIENTS, sampleRecord } from '../../infra/local/sample/record.ts';
import { describeWith } from '../support/needs.ts';
import { eventually } from './fixture.ts';

const SILENT = progressTo(new PassThrough().resume());
const PATIENT = SAMPLE_PATIENTS.ana;
const DEADLINES = {
  processedWithinSeconds: 10,
  dispatchedWithinSeconds: 10,
  retryForSeconds: 30,
  retryAfterSeconds: [1],
  doorbellLostAfterSeconds: 5,
};

describeWith(['java'], 'the local system as a whole', () => {
  let system: LocalSystem;
  let portal: Caller;

  beforeAll(async () => {
    system = await startLocalSystem({
      settings: { deadlines: DEADLINES },
      minuteLastsSeconds: 1,
      identities: await makeIdentities({ kms: true }),
      partner: { mode: 'strict' },
    });
    const ehr = await callerAs(system, { kind: 'system' });
    portal = await callerAs(system, { kind: 'patient', patient: PATIENT.id });
    await registerWithRecord(ehr, PATIENT, sampleRecord(PATIENT), SILENT);
  }, 120_000);
  afterAll(() => system?.close());

  const share = async (address: string): Promise<string> => {
    const consentId = await acceptConsent(portal, PATIENT.id, { signatureName: 'Ana' }, SILENT);
    const wanting = { address, frequency: 'once', sendNow: true, consentId } as const;
    return requestTransmission(portal, PATIENT.id, wanting, SILENT);
  };
  const endOf = async (requestId: string): Promise<View | undefined> =>
    (await followCopies(portal, PATIENT.id, requestId, 25))[0];

  test('a strict partner minds nothing, and the copy is delivered: it was signed in KMS', async () => {
    const copy = await endOf(await share('dr.lopez@direct.example.net'));
    expect([copy?.status, copy?.code]).toEqual(['delivered', undefined]);
    const received = system.partner.received.findLast(({ recipients }) =>
      recipients.includes('dr.lopez@direct.example.net'),
    );
    expect(received?.problems).toEqual([]);
    expect(received?.opened?.signer).toEqual(system.identities.holder.kms?.identity.certificate);
  }, 40_000);

  test('transmit-request/revoked: a copy that waits for its next attempt is stopped', async () => {
    const requestId = await share('busy@direct.example.net');
    const Lines = z.object({
      transmissions: z.array(z.object({ id: z.string(), requestId: z.string() })),
    });
    const patient = `/v1/patients/${PATIENT.id}` as const;
    await eventually(async () => {
      const { transmissions } = await portal.call(`GET ${patient}/transmissions`, Lines);
      const line = transmissions.find((each) => each.requestId === requestId);
      if (!line) return false;
      const { timeline } = await portal.call(`GET /v1/transmissions/${line.id}`, View);
      return timeline.some(({ kind }) => kind === 'deferred');
    });
    await portal.call(`POST ${patient}/transmit-requests/${requestId}/revoke`, z.unknown());
    const copy = await endOf(requestId);
    expect(copy).toMatchObject({ status: 'stopped', code: 'transmit-request/revoked' });
  }, 40_000);

  test('no patient, name or address is in what the functions printed', () => {
    const log = readFileSync(system.logFile, 'utf8');
    for (const name of ['patients', 'send-transmission', 'receive-notification']) {
      expect(log).toContain(`"function":"${name}"`);
    }
    expect(log).not.toContain('cache-failed');
    expect(log).not.toMatch(/sample-ana|Rivera|direct\.example\.(net|org)|MRN/);
  });
});
