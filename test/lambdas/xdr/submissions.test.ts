import { expect, test } from '@jest/globals';
import { unzipSync } from 'fflate';
import { readXdm } from '../../../shared/package/read-xdm.ts';
import { describeWith } from '../../support/needs.ts';
import { kinds } from '../../support/one-record.ts';
import { RECIPIENT } from '../../support/whole-path.ts';
import { SENDER } from '../http-world.ts';
import { MRN } from '../steps.ts';
import { read } from '../../package/xdr/requests.ts';
import {
  ask,
  askedWorld,
  copies,
  FULL,
  MESSAGE_ID,
  MINIMAL,
  onlyCopy,
  post,
  refusal,
  TAKEN,
  zipSent,
} from './xdr-world.ts';

const NURSE = 'nurse@direct.clinic.example';

const withoutAuthor = (soap: string): string => soap.replace('john.doe@healthcare.example.org', '');

const withoutPatient = (soap: string): string =>
  soap
    .replace(/<rim:Slot name="sourcePatientI[^]*?<\/rim:Slot>/g, '')
    .replace(
      /<rim:ExternalIdentifier(?:(?!<\/rim:ExternalIdentifier>)[^])*?\.patientId"[^]*?<\/rim:ExternalIdentifier>/g,
      '',
    );

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
    const opened = readXdm(zip);
    if (!opened.ok) throw new Error(opened.failure.code);
    expect(opened.value.problems).toEqual([]);
    expect(opened.value.submissionSets).toMatchObject([
      { uniqueId: '2.25.1234567890', submissionTime: '20110117211159' },
    ]);
    expect(opened.value.documents).toMatchObject([
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
    expect(await post(path, { from: '', message: withoutAuthor })).toMatchObject(TAKEN);
    await path.settle();
    expect(path.relay.taken[0]).toMatchObject({ from: SENDER });
  });

  test('the sender is whom the submission names, whatever the request does', async () => {
    const path = await askedWorld();
    expect(await post(path, { from: 'LAB@direct.greenstreet.example' })).toMatchObject(TAKEN);
    await path.settle();
    // Of that sender nobody here has a key.
    expect(await onlyCopy(path)).toMatchObject({ status: 'failed', code: 'secure/no-identity' });
  });

  test('a system that may send in one name only sends in no other, and in that one when it names none', async () => {
    const lab = 'lab@direct.greenstreet.example';
    const path = await askedWorld({ xdr: [{ subject: 'system-1', senders: [lab] }] });
    expect(await post(path)).toMatchObject(refusal('transmit-request/unknown-sender'));
    expect(await copies(path)).toEqual([]);
    expect(await post(path, { from: '', message: withoutAuthor })).toMatchObject(TAKEN);
    await path.settle();
    expect(await onlyCopy(path)).toMatchObject({ code: 'secure/no-identity' });
  });

  test('record/unchecked: what is kept is not what came', async () => {
    const path = await askedWorld();
    await post(path);
    const [key = ''] = path.recordBytes.keys();
    const bytes = Buffer.from(await path.recordBytes.get(key));
    await path.recordBytes.put(key, Buffer.concat([bytes, Buffer.from('\n')]));
    await path.settle();
    expect(await onlyCopy(path)).toMatchObject({ status: 'failed', code: 'record/unchecked' });
    expect(path.relay.taken).toEqual([]);
  });

  test('to a recipient of another HISP it goes on by XDR as it came', async () => {
    const path = await askedWorld();
    Object.assign(path.relay, { form: 'xdr', endpoint: 'https://hisp.example/xdr' });
    await post(path);
    await path.settle();
    const passed = read(path.relay.taken[0]!.bytes);
    expect(passed).toMatchObject({
      level: 'XDS',
      addressing: { from: SENDER, to: [RECIPIENT] },
      contents: { submission: { set: { uniqueId: '2.25.1234567890' } } },
    });
    expect(passed.messageId).not.toBe(MESSAGE_ID);
  });

  test('without an id of the patient the document says whose it is', async () => {
    const path = await askedWorld();
    expect(await post(path, { name: MINIMAL, message: withoutPatient })).toMatchObject(TAKEN);
    expect(await copies(path)).toHaveLength(1);
  });
});
