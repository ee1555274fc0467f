import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as z from 'zod';
import { HOLDER_ADDRESS, PARTNER_DOMAIN } from '../../infra/local/certificates/identities.ts';
import { followCopies } from '../../infra/local/demo/follow.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { SAMPLE_PATIENTS } from '../../infra/local/sample/record.ts';
import { describeWith } from '../support/needs.ts';
import { filledRequest, posted, saidBy, type SoapForm, type XdrSaid } from '../support/xdr-post.ts';
import { newSharer, type Sharer } from './share.ts';

const [PATIENT] = SAMPLE_PATIENTS.ana.identifiers;

/** The real functions on real engines, and what somebody's EHR posts to them. */
describeWith(['java', 'shared', 'time'], 'on the local system', () => {
  let system: LocalSystem;
  let sharer: Sharer;

  beforeAll(async () => {
    system = await startLocalSystem({ minuteLastsSeconds: 1 });
    sharer = await newSharer(system);
  }, 150_000);

  afterAll(() => system.close(), 30_000);

  /** A standing request, of which nothing is sent by itself. */
  async function asked(address: string): Promise<string> {
    const { id } = await sharer.portal.call(
      `POST /v1/patients/${sharer.patientId}/transmit-requests`,
      z.object({ id: z.string() }),
      { addresses: [address], frequency: 'on-update', triggers: ['discharge'], sendNow: false },
    );
    return id;
  }

  async function post(
    name: string,
    form: SoapForm,
    to: string,
    messageId: string,
  ): Promise<XdrSaid> {
    const filling = { from: HOLDER_ADDRESS, to: [to], messageId, patient: PATIENT };
    const { type, body } = posted(filledRequest(name, filling), form);
    const answer = await fetch(`${system.apiUrl}/v1/xdr`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await system.issuer.token({ kind: 'system' })}`,
        'content-type': type,
      },
      body: Buffer.from(body),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return saidBy(answer.status, answer.headers.get('content-type') ?? '', bytes);
  }

  test.each([
    ['Xdr_full_metadata.xml', 'plain SOAP', 'full-plain'],
    ['Xdr_full_metadata.xml', 'MTOM', 'full-mtom'],
    ['Xdr_minimal_metadata.xml', 'plain SOAP', 'minimal-plain'],
    ['Xdr_minimal_metadata.xml', 'MTOM', 'minimal-mtom'],
  ] as const)(
    '%s as %s ends delivered, and posted again it is sent no second time',
    async (name, form, mailbox) => {
      const to = `${mailbox}@${PARTNER_DOMAIN}`;
      const requestId = await asked(to);
      const taken = { status: 200, outcome: 'Success', as: 'RegistryResponse' };
      expect(await post(name, form, to, `urn:uuid:${mailbox}`)).toMatchObject(taken);
      expect(await post(name, form, to, `urn:uuid:${mailbox}`)).toMatchObject(taken);
      const copies = await followCopies(sharer.portal, sharer.patientId, requestId, 60);
      expect(copies.map(({ status }) => status)).toEqual(['delivered']);
    },
    100_000,
  );

  test('transmit-request/none: nobody asked for it', async () => {
    const said = await post('Xdr_full_metadata.xml', 'MTOM', `x@${PARTNER_DOMAIN}`, 'urn:uuid:x');
    expect(said).toMatchObject({ status: 200, outcome: 'transmit-request/none' });
  }, 30_000);
});
