import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PARTNER_DOMAIN } from '../../../infra/local/certificates/identities.ts';
import { progressTo } from '../../../infra/local/demo/progress.ts';
import { runFlows } from '../../../infra/local/demo/run-flows.ts';
import type { LocalSystem } from '../../../infra/local/local-system.ts';
import { SAMPLE_PATIENTS, sampleRecord } from '../../../infra/local/sample/record.ts';
import { sha256 } from '../../../shared/ids.ts';
import { SesRefused } from '../../../infra/local/world/ses/ses-request.ts';
import { asking, type Ask } from '../chaos/client.ts';
import { startListener } from '../chaos/listener.ts';

/** What is told late is told in this time: webhooks, answers, and what the clock does. */
const SETTLE_MS = 8000;

/** The flows of the demo, and once everything else that callers may ask for. */
export async function walk(system: LocalSystem): Promise<void> {
  const listener = await startListener();
  try {
    const { id: patientId } = SAMPLE_PATIENTS.ana;
    const admin = orStop(await asking(system, { kind: 'admin' }));
    const ehr = orStop(await asking(system, { kind: 'system' }));
    const portal = orStop(await asking(system, { kind: 'patient', patient: patientId }));
    const hook = await admin('POST /v1/webhooks', { url: listener.url });
    const copies = await runFlows(system, undefined, progressTo(process.stderr));
    if (copies.some(({ status }) => status !== 'delivered')) throw new Error('The flows of the demo fail'); // prettier-ignore
    await lookAround(portal, patientId);
    await askForMore(portal, patientId);
    await upload(ehr, patientId);
    await postMail(system);
    await hasten(system, { admin, portal, patientId });
    await sleep(SETTLE_MS);
    await admin('GET /v1/webhooks');
    await admin(`DELETE /v1/webhooks/${hook?.body.webhookId ?? hook?.body.id}`);
    await tidyUp(ehr, patientId);
  } finally {
    listener.close();
  }
}

/** A call that the API refuses would walk past what it was for. */
const orStop =
  (ask: Ask): Ask =>
  async (route, body) => {
    const answered = await ask(route, body);
    if (answered && answered.status < 400) return answered;
    throw new Error(`${route} answered ${answered?.status} ${answered?.body?.code ?? ''}`);
  };

async function lookAround(portal: Ask, patientId: string): Promise<void> {
  await portal('POST /v1/direct-addresses/check', { address: `dr.lopez@${PARTNER_DOMAIN}` });
  await portal('GET /v1/directory?q=clinic');
  await portal(`GET /v1/patients/${patientId}/activity`);
  await portal(`GET /v1/patients/${patientId}/transmissions`);
}

/** A request that is changed, sent once more, and revoked. */
async function askForMore(portal: Ask, patientId: string): Promise<void> {
  const requests = `/v1/patients/${patientId}/transmit-requests` as const;
  const addresses = [`dr.kim@${PARTNER_DOMAIN}`];
  const made = await portal(`POST ${requests}`, {
    addresses,
    frequency: 'on-update',
    sendNow: true,
  });
  const id = String(made?.body.id);
  await portal(`POST ${requests}/${id}/send`);
  await portal(`POST ${requests}/${id}/revoke`);
  await portal(`POST ${requests}/revoke-all`);
}

async function upload(ehr: Ask, patientId: string): Promise<void> {
  // Other bytes than those that are there: the same would be no change, and put nowhere.
  const text = Buffer.from(sampleRecord(SAMPLE_PATIENTS.ana)).toString();
  const bytes = Buffer.from(`${text}<!-- again -->`);
  const asked = await ehr('POST /v1/records/uploads', {
    patientId,
    documentId: 'summary',
    type: 'text/xml',
    sizeBytes: bytes.length,
    sha256: sha256(bytes),
  });
  const form = new FormData();
  for (const [name, value] of Object.entries<string>(asked?.body.fields)) form.append(name, value);
  form.append('file', new Blob([Uint8Array.from(bytes)]));
  await fetch(String(asked?.body.url), { method: 'POST', body: form });
  await ehr(`GET /v1/records/uploads/${asked?.body.uploadId}`);
}

/** By the way of a relay that receives for us; it is no notice of any copy. */
async function postMail({ apiUrl, issuer }: LocalSystem): Promise<void> {
  const authorization = `Bearer ${await issuer.token({ kind: 'system' })}`;
  const body = `From: a@${PARTNER_DOMAIN}\r\nMessage-ID: <${randomUUID()}@${PARTNER_DOMAIN}>\r\n\r\nHello\r\n`;
  const headers = { authorization, 'content-type': 'message/rfc822' };
  await fetch(`${apiUrl}/v1/inbound-mail`, { method: 'POST', headers, body });
}

interface Retrying {
  readonly admin: Ask;
  readonly portal: Ask;
  readonly patientId: string;
}

/** A copy that SES puts off, and that an operator does not want to wait for. */
async function hasten({ ses }: LocalSystem, { admin, portal, patientId }: Retrying): Promise<void> {
  ses.behave(() => new SesRefused('Throttling', 'Maximum sending rate exceeded.'));
  const addresses = [`dr.kim@${PARTNER_DOMAIN}`];
  const wanted = { addresses, frequency: 'once', sendNow: true };
  await portal(`POST /v1/patients/${patientId}/transmit-requests`, wanted);
  for (let tries = 0; tries < 40; tries += 1) {
    const list = await portal(`GET /v1/patients/${patientId}/transmissions`);
    const copies: readonly { id: string; status: string }[] = list?.body.transmissions ?? [];
    const waiting = copies.find(({ status }) => status === 'waiting');
    const asked = waiting && (await admin(`POST /v1/transmissions/${waiting.id}/retry`).catch(() => undefined)); // prettier-ignore
    if (asked) break;
    await sleep(250);
  }
  ses.behave(() => undefined);
}

async function tidyUp(ehr: Ask, patientId: string): Promise<void> {
  await ehr(`POST /v1/patients/${patientId}/merge`, { from: SAMPLE_PATIENTS.samuel.id });
  await ehr(`DELETE /v1/patients/${patientId}/record/documents/summary`);
}
