import { expect, test } from '@jest/globals';
import { describeWith } from '../../support/needs.ts';
import { RECIPIENT } from '../../support/whole-path.ts';
import { ANA, SYSTEM } from '../http-world.ts';
import { MRN, register } from '../steps.ts';
import {
  ask,
  askedWorld,
  copies,
  onlyCopy,
  post,
  refusal,
  requests,
  revokeAll,
  TAKEN,
  xdrWorld,
} from './xdr-world.ts';

const NURSE = 'nurse@direct.clinic.example';

const retitled = (text: string): string => text.replace('Health Summary', 'Another Summary');

const withoutHash = (soap: string): string =>
  soap.replace(/<rim:Slot name="(?:hash|size)">.*?<\/rim:Slot>/g, '');

describeWith(['shared'], 'the identity of a submission', () => {
  test('posted again it is the same copies, even when they have ended and the sharing was stopped', async () => {
    const path = await askedWorld();
    await post(path);
    await path.settle();
    await path.answer(['processed', 'dispatched']);
    await revokeAll(path);
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
    expect(await post(path, { document: retitled })).toMatchObject(
      refusal('package/message-id-reused'),
    );
    expect(await copies(path)).toHaveLength(1);
  });

  test('package/message-id-reused: another document of which no hash is said', async () => {
    const path = await askedWorld();
    await post(path, { message: withoutHash });
    const said = await post(path, { message: withoutHash, document: retitled });
    expect(said).toMatchObject(refusal('package/message-id-reused'));
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
    await revokeAll(path);
    await path.settle();
    expect(path.relay.taken).toEqual([]);
    expect(await onlyCopy(path)).toMatchObject({
      status: 'stopped',
      code: 'transmit-request/revoked',
    });
  });
});
