import { expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { readXdm } from '../../../shared/package/read-xdm.ts';
import { decodeBody } from '../../../shared/secure/mime.ts';
import { describeWith } from '../../support/needs.ts';
import { kinds } from '../../support/one-record.ts';
import { RECIPIENT, type WholePath } from '../../support/whole-path.ts';
import { ANA, PROVIDER, SENDER } from '../http-world.ts';
import { consent, key, MRN, register } from '../steps.ts';
import { ask, askedWorld, FULL, MINIMAL, post, xdrWorld } from './xdr-world.ts';

const NURSE = 'nurse@direct.clinic.example';
const TAKEN = { status: 200, outcome: 'Success', as: 'RegistryResponse' };
const refusal = (outcome: string) => ({ status: 200, outcome, as: 'RegistryResponse' });

async function copies(path: WholePath): Promise<readonly { id: string; address: string }[]> {
  const { body } = await path.ask('GET /v1/patients/ana/transmissions', { as: ANA });
  return body.transmissions;
}

async function onlyCopy(path: WholePath) {
  const [copy, ...others] = await copies(path);
  expect(others).toEqual([]);
  return (await path.ask(`GET /v1/transmissions/${copy?.id}`, { as: ANA })).body;
}

function zipSent(path: WholePath, index = 0): Uint8Array {
  const { innerEntity } = path.partner.open(path.relay.taken[index]!);
  const zip = decodeBody(innerEntity.parts[1]!);
  if (!zip.ok) throw new Error(zip.failure.code);
  return zip.value;
}

const requests = async (path: WholePath) =>
  (await path.ask('GET /v1/patients/ana/transmit-requests', { as: ANA })).body.transmitRequests;

describeWith(['shared'], 'a submission by XDR', () => {
  test.each([
    [FULL, 'plain SOAP'],
    [FULL, 'MTOM'],
    [MINIMAL, 'plain SOAP'],
    [MINIMAL, 'MTOM'],
  ] as const)('%s as %s ends delivered', async (name, form) => {
    const path = await askedWorld();
    const said = await post(path, { name, form });
    expect(said).toMatchObject(TAKEN);
    expect(said.contentType).toContain(
      form === 'MTOM' ? 'multipart/related' : 'application/soap+xml',
    );
    await path.settle();
    await path.answer(['processed', 'dispatched']);

    const view = await onlyCopy(path);
    expect(view).toMatchObject({ status: 'delivered', address: RECIPIENT });
    expect(kinds(view)).toEqual([
      'requested',
      'intent',
      'accepted',
      'processed',
      'dispatched',
      'ended',
    ]);
    expect(view.timeline[0]).toMatchObject({ trigger: 'xdr' });
    expect(view.submittedAs).toMatch(/^urn:uuid:/);
  });

  test.each([FULL, MINIMAL])('%s goes on as a package of its own metadata', async (name) => {
    const path = await askedWorld();
    let document = '';
    const grab = (text: string) => (document = text);
    await post(path, { name, document: grab });
    await path.settle();
    const zip = zipSent(path);
    const read = readXdm(zip);
    if (!read.ok) throw new Error(read.failure.code);
    expect(read.value.problems).toEqual([]);
    expect(read.value.submissionSets).toMatchObject([
      { uniqueId: '2.25.1234567890', submissionTime: '20110117211159' },
    ]);
    expect(read.value.documents).toMatchObject([
      {
        name: 'IHE_XDM/SUBSET01/DOC00001.XML',
        hash: 'same',
        size: 'same',
        described: {
          uniqueId: '1.42.20140915172101.10.1',
          title: 'DocA',
          sourcePatientId: `${MRN.value}^^^&${MRN.system}&ISO`,
          // What was not said is not made up: minimal stays minimal.
          confidentialityCode: name === FULL ? { code: 'N' } : undefined,
        },
      },
    ]);
    const files = unzipSync(zip);
    expect(Buffer.from(files['IHE_XDM/SUBSET01/DOC00001.XML']!).toString()).toBe(document);
    expect(Buffer.from(files['INDEX.HTM']!).toString()).toContain(
      'because the patient asked for it',
    );
  });

  test('each of its recipients gets a copy of its own', async () => {
    const path = await askedWorld();
    await ask(path, { addresses: [NURSE] });
    expect(await post(path, { to: [RECIPIENT, NURSE] })).toMatchObject(TAKEN);
    expect((await copies(path)).map(({ address }) => address).sort()).toEqual(
      [RECIPIENT, NURSE].sort(),
    );
  });

  test('without a sender it goes out in the name of the default one', async () => {
    const path = await askedWorld();
    const none = (soap: string) => soap.replace('john.doe@healthcare.example.org', '');
    const { from: _, ...unnamed } = { from: '', message: none };
    expect(await post(path, { ...unnamed, from: undefined as never })).toMatchObject(TAKEN);
    await path.settle();
    expect(path.relay.taken[0]).toMatchObject({ from: SENDER });
  });

  test('without an id of the patient the document says whose it is', async () => {
    const path = await askedWorld();
    const idless = (soap: string) => {
      const cx = `${MRN.value}^^^&amp;${MRN.system}&amp;ISO`;
      const without = soap
        .replace(new RegExp(String.raw`<rim:Slot name="sourcePatientId">[^]*?</rim:Slot>`), '')
        .replace(/<rim:Slot name="sourcePatientInfo">[^]*?<\/rim:Slot>/, '')
        .replace(
          /<rim:ExternalIdentifier(?:(?!<\/rim:ExternalIdentifier>)[^])*?\.patientId"[^]*?<\/rim:ExternalIdentifier>/g,
          '',
        );
      expect(without).not.toContain(cx);
      return without;
    };
    expect(await post(path, { name: MINIMAL, message: idless })).toMatchObject(TAKEN);
    expect(await copies(path)).toHaveLength(1);
  });
});

describeWith(['shared'], 'the identity of a submission', () => {
  test('posted again it is the same copies, even when they have ended and the sharing was stopped', async () => {
    const path = await askedWorld();
    await post(path);
    await path.settle();
    await path.answer(['processed', 'dispatched']);
    await path.ask('POST /v1/patients/ana/transmit-requests/revoke-all', { as: ANA });
    expect(await post(path)).toMatchObject(TAKEN);
    // In another envelope it is the same message.
    expect(await post(path, { form: 'plain SOAP' })).toMatchObject(TAKEN);
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
    expect(await copies(path)).toHaveLength(1);
  });

  test('package/message-id-reused: the same message id with another document', async () => {
    const path = await askedWorld();
    await post(path);
    const document = (text: string) => text.replace('Health Summary', 'Another Summary');
    expect(await post(path, { document })).toMatchObject(refusal('package/message-id-reused'));
    expect(await copies(path)).toHaveLength(1);
  });

  test('of many that are posted at once one is taken, and all are told so', async () => {
    const path = await askedWorld();
    const all = await Promise.all(Array.from({ length: 5 }, () => post(path)));
    expect(all.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => 'Success'));
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
  });

  test('two clients may use one message id', async () => {
    const path = await askedWorld();
    const { SYSTEM } = await import('../http-world.ts');
    await post(path);
    expect(await post(path, { as: { ...SYSTEM, subject: 'another' } })).toMatchObject(TAKEN);
    expect(await copies(path)).toHaveLength(2);
  });
});

describeWith(['shared'], 'whom a submission may go to', () => {
  test('transmit-request/none: nobody asked for it', async () => {
    const path = await xdrWorld();
    expect(await post(path)).toMatchObject(refusal('transmit-request/none'));
    expect(path.recordBytes.keys()).toEqual([]);
  });

  test('transmit-request/none: one of two recipients is asked for, and nobody gets anything', async () => {
    const path = await askedWorld();
    expect(await post(path, { to: [RECIPIENT, NURSE] })).toMatchObject(
      refusal('transmit-request/none'),
    );
    await path.settle();
    expect(path.relay.taken).toEqual([]);
  });

  test("transmit-request/none: the recipient is another patient's", async () => {
    const path = await askedWorld();
    const patient = { system: MRN.system, value: 'MRN-0002' };
    await register(path, 'ben', { identifiers: [patient] });
    expect(await post(path, { patient })).toMatchObject(refusal('transmit-request/none'));
  });

  test.each(['revoke', 'revoke-address'])('transmit-request/none: after %s', async (how) => {
    const path = await xdrWorld();
    const id = await ask(path, { addresses: [RECIPIENT, NURSE] });
    await path.ask(`POST /v1/patients/ana/transmit-requests/${id}/revoke`, {
      as: ANA,
      ...(how === 'revoke' ? {} : { json: { address: RECIPIENT } }),
    });
    expect(await post(path)).toMatchObject(refusal('transmit-request/none'));
  });

  test('a request for one copy is served by it', async () => {
    const path = await xdrWorld();
    await ask(path, { frequency: 'once', sendNow: true });
    expect(await post(path)).toMatchObject(TAKEN);
    expect(await requests(path)).toMatchObject([{ servedAt: '2026-11-22T12:00:00.000Z' }]);
    expect(await post(path, { messageId: 'urn:uuid:2' })).toMatchObject(
      refusal('transmit-request/none'),
    );
    await path.settle();
    expect(path.relay.taken).toHaveLength(1);
  });

  test('a request for one copy to two is not served by a copy to one of them', async () => {
    const path = await xdrWorld();
    await ask(path, { frequency: 'once', sendNow: true, addresses: [RECIPIENT, NURSE] });
    expect(await post(path)).toMatchObject(TAKEN);
    expect((await requests(path))[0].servedAt).toBeUndefined();
  });

  test('transmission/too-many: the copies of the day are used up', async () => {
    const path = await askedWorld({ triggers: { copiesADay: 1 } });
    expect(await post(path)).toMatchObject(TAKEN);
    expect(await post(path, { messageId: 'urn:uuid:2' })).toMatchObject(
      refusal('transmission/too-many'),
    );
    path.at('2026-11-23T00:00:00Z');
    expect(await post(path, { messageId: 'urn:uuid:2' })).toMatchObject(TAKEN);
  });

  test('a copy that was taken and not sent yet stops with the request', async () => {
    const path = await askedWorld();
    await post(path);
    await path.ask('POST /v1/patients/ana/transmit-requests/revoke-all', { as: ANA });
    await path.settle();
    expect(path.relay.taken).toEqual([]);
    expect(await onlyCopy(path)).toMatchObject({
      status: 'stopped',
      code: 'transmit-request/revoked',
    });
  });
});

describeWith(['shared'], 'what a client asserts', () => {
  const ATTESTED = { xdrBasis: 'holder-attested', xdr: [{ subject: 'system-1' }] } as const;

  test('goes out where nobody asked, as a request that the patient sees and can stop', async () => {
    const path = await xdrWorld(ATTESTED);
    expect(await post(path)).toMatchObject(TAKEN);
    expect(await requests(path)).toMatchObject([
      {
        basis: 'holder-attested',
        frequency: 'once',
        createdBy: 'system',
        addresses: [{ address: RECIPIENT, status: 'active' }],
        servedAt: '2026-11-22T12:00:00.000Z',
      },
    ]);
    expect((await requests(path))[0]).not.toHaveProperty('consentId');
    expect(await onlyCopy(path)).toMatchObject({ status: 'waiting', basis: 'holder-attested' });
    await path.ask('POST /v1/patients/ana/transmit-requests/revoke-all', { as: ANA });
    await path.settle();
    expect(await onlyCopy(path)).toMatchObject({
      status: 'stopped',
      code: 'transmit-request/revoked',
    });
    expect(path.relay.taken).toEqual([]);
  });

  test('does not say that the patient asked for it', async () => {
    const path = await xdrWorld({ ...ATTESTED, requestTxt: true });
    await post(path);
    await path.settle();
    const { innerEntity } = path.partner.open(path.relay.taken[0]!);
    const text = decodeBody(innerEntity.parts[0]!);
    expect(text.ok && Buffer.from(text.value).toString()).not.toMatch(/request of the patient/);
    expect(innerEntity.parts).toHaveLength(2);
    const index = Buffer.from(unzipSync(zipSent(path))['INDEX.HTM']!).toString();
    expect(index).not.toContain('asked for it');
  });

  test('is known by who asserted it, in the audit alone', async () => {
    const path = await xdrWorld(ATTESTED);
    await post(path);
    const [{ id }] = (await copies(path)) as [{ id: string }];
    const { reportOfFact, reportOfMilestone } = await import('../../../shared/report/report-of.ts');
    const history = await path.ports.ledger.read(id as never);
    if (!history.ok) throw new Error(history.failure.code);
    const { transmission, facts } = history.value;
    const told = reportOfFact(facts[0]!, transmission);
    expect(told).toMatchObject({
      attestedBy: 'system-1',
      report: { type: 'transmission.requested' },
    });
    expect(JSON.stringify(told?.report)).not.toContain('system-1');
    expect(typeof reportOfMilestone).toBe('function');
  });

  test.each([
    ['the settings ask for a request', { xdr: ATTESTED.xdr }],
    ['the settings do not name the client', { xdrBasis: 'holder-attested' }],
  ] as const)('transmit-request/none: %s', async (_, settings) => {
    expect(await post(await xdrWorld(settings))).toMatchObject(refusal('transmit-request/none'));
  });

  test('transmit-request/revoked: the patient stopped it, and asked for it again later', async () => {
    const path = await xdrWorld(ATTESTED);
    const id = await ask(path);
    path.at('2026-11-22T13:00:00Z');
    await path.ask(`POST /v1/patients/ana/transmit-requests/${id}/revoke`, { as: ANA });
    expect(await post(path)).toMatchObject(refusal('transmit-request/revoked'));
    path.at('2026-11-22T14:00:00Z');
    await ask(path);
    expect(await post(path)).toMatchObject(TAKEN);
    expect((await onlyCopy(path)).basis).toBeUndefined();
  });

  test('transmit-request/revoked: what was asserted before was stopped', async () => {
    const path = await xdrWorld(ATTESTED);
    await post(path);
    await path.ask('POST /v1/patients/ana/transmit-requests/revoke-all', { as: ANA });
    expect(await post(path, { messageId: 'urn:uuid:2' })).toMatchObject(
      refusal('transmit-request/revoked'),
    );
  });

  test('consent/not-accepted: the last answer of the patient is no', async () => {
    const path = await xdrWorld(ATTESTED);
    path.at('2026-11-22T13:00:00Z');
    const { ACCEPTED } = await import('../steps.ts');
    await consent(path, { json: { ...ACCEPTED, decision: 'rejected' }, headers: key('no') });
    expect(await post(path)).toMatchObject(refusal('consent/not-accepted'));
  });

  test('of two recipients one is asked for and one asserted: each copy has its own reason', async () => {
    const path = await xdrWorld(ATTESTED);
    await ask(path);
    expect(await post(path, { to: [RECIPIENT, NURSE] })).toMatchObject(TAKEN);
    const views = await Promise.all(
      (await copies(path)).map(({ id }) =>
        path.ask(`GET /v1/transmissions/${id}`, { as: PROVIDER }),
      ),
    );
    expect(Object.fromEntries(views.map(({ body }) => [body.address, body.basis]))).toEqual({
      [RECIPIENT]: undefined,
      [NURSE]: 'holder-attested',
    });
  });
});
