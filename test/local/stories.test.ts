import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as z from 'zod';
import { callerAs, type Caller } from '../../infra/local/api-client.ts';
import { followCopies, receivedOf, type View } from '../../infra/local/demo/follow.ts';
import { progressTo } from '../../infra/local/demo/progress.ts';
import {
  acceptConsent,
  registerWithRecord,
  requestTransmission,
} from '../../infra/local/demo/steps.ts';
import { SmtpReply, startInboundSmtp, type InboundSmtp } from '../../infra/local/inbound-smtp.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { SAMPLE_PATIENTS, sampleRecord } from '../../infra/local/sample/record.ts';
import { parseDirectAddress } from '../../shared/ids.ts';
import { smtpRelay } from '../../shared/adapters/smtp-relay.ts';
import { describeWith } from '../support/needs.ts';
import { eventually } from './fixture.ts';

const SILENT = progressTo({ write: () => true } as unknown as NodeJS.WritableStream);

/** Seconds where a deployment has hours. */
const DEADLINES = {
  processedWithinSeconds: 4,
  dispatchedWithinSeconds: 4,
  retryForSeconds: 30,
  retryAfterSeconds: [1],
  leaseSeconds: 3,
  uncertainGraceSeconds: 1,
  doorbellLostAfterSeconds: 2,
};

const passOn = async (): Promise<void> => undefined;

const addressOf = (text: string) => {
  const address = parseDirectAddress(text);
  if (!address.ok) throw new Error(text);
  return address.value;
};

describeWith(['java'], 'the local system, from the request to the end of a copy', () => {
  let system: LocalSystem;
  let relay: InboundSmtp;
  let onRelay = passOn;
  const relayed: Uint8Array[] = [];

  beforeAll(async () => {
    // Stands between the system and the partner, so that a test can get in between.
    relay = await startInboundSmtp({
      accept: () => true,
      async deliver(raw, [to = ''], from) {
        relayed.push(raw);
        await onRelay();
        const next = smtpRelay(`smtp://${system.partner.address}`);
        const passed = await next.submit({ from: addressOf(from), to: addressOf(to), bytes: raw });
        if (passed.ok) return;
        const isFinal = passed.failure.code === 'deliver/refused';
        throw new SmtpReply(isFinal ? 550 : 451, 'As the partner says');
      },
    });
    system = await startLocalSystem({
      settings: { deadlines: DEADLINES },
      relayUrl: `smtp://${relay.address}`,
      minuteLastsSeconds: 0.5,
    });
  }, 120_000);
  afterAll(async () => {
    await system?.close();
    await relay?.close();
  });

  /** A patient of its own for each story, who asks for one copy to an address. */
  const share = async (
    address: string,
  ): Promise<{
    portal: Caller;
    requestId: string;
    path: `/${string}`;
    end: () => Promise<View | undefined>;
  }> => {
    const id = `story-${randomUUID()}`;
    const identifiers = [{ system: '2.999.1.4', value: id }];
    const patient = { ...SAMPLE_PATIENTS.ana, id, identifiers };
    const ehr = await callerAs(system, { kind: 'system' });
    const portal = await callerAs(system, { kind: 'patient', patient: id });
    await registerWithRecord(ehr, patient, sampleRecord(patient), SILENT);
    const consentId = await acceptConsent(portal, id, { signatureName: 'Ana' }, SILENT);
    const wanting = { address, frequency: 'once', sendNow: true, consentId } as const;
    const requestId = await requestTransmission(portal, id, wanting, SILENT);
    const end = async (): Promise<View | undefined> =>
      (await followCopies(portal, id, requestId, 25))[0];
    return { portal, requestId, path: `/v1/patients/${id}`, end };
  };

  test('a strict partner minds nothing, and the copy is delivered', async () => {
    const { end } = await share('dr.lopez@direct.example.net');
    const copy = (await end()) as View;
    expect([copy.status, copy.code]).toEqual(['delivered', undefined]);
    expect(receivedOf(copy, system.partner)?.problems).toEqual([]);
  }, 40_000);

  test.each([
    ['silent@direct.example.net', 'notification/not-processed'],
    ['processed-only@direct.example.net', 'notification/no-final-confirmation'],
    ['failed@direct.example.net', 'notification/recipient-failed'],
    ['refuse@direct.example.net', 'deliver/refused'],
    ['nobody@direct.example.com', 'discover/no-certificate'],
  ])(
    'a copy to %s ends with %s',
    async (address, code) => {
      const { end } = await share(address);
      expect(await end()).toMatchObject({ status: 'failed', code });
    },
    40_000,
  );

  test('transmit-request/revoked: a copy that waits for its next attempt is stopped', async () => {
    const { portal, requestId, path, end } = await share('busy@direct.example.net');
    const Lines = z.object({ transmissions: z.array(z.object({ id: z.string() })) });
    const View = z.object({ timeline: z.array(z.object({ kind: z.string() })) });
    await eventually(async () => {
      const { transmissions } = await portal.call(`GET ${path}/transmissions`, Lines);
      const [first] = transmissions;
      if (!first) return false;
      const { timeline } = await portal.call(`GET /v1/transmissions/${first.id}`, View);
      return timeline.some(({ kind }) => kind === 'deferred');
    });
    await portal.call(`POST ${path}/transmit-requests/${requestId}/revoke`, z.unknown());
    expect(await end()).toMatchObject({ status: 'stopped', code: 'transmit-request/revoked' });
  }, 40_000);

  test('a worker that dies while it hands over: the same bytes are sent again, once', async () => {
    const before = relayed.length;
    onRelay = async () => {
      onRelay = passOn;
      await system.killWorkers('send-transmission');
      throw new SmtpReply('hang-up', 'Nobody is there any more');
    };
    const { end } = await share('dr.lopez@direct.example.net');
    const copy = await end();
    expect(copy?.status).toBe('delivered');
    expect(copy?.timeline.map(({ kind }) => kind)).toContain('uncertain');
    const [first, second, ...more] = relayed.slice(before);
    expect(more).toEqual([]);
    expect(Buffer.from(second ?? []).equals(Buffer.from(first ?? []))).toBe(true);
  }, 60_000);

  test('no patient, name or address is in what the functions printed', async () => {
    const log = readFileSync(system.logFile, 'utf8');
    expect(log).toContain('"event":"accepted"');
    expect(log).not.toMatch(/story-|Rivera|direct\.example\.(net|org)|MRN/);
  });
});
