import { describe, expect, jest, test } from '@jest/globals';
import { SaxesParser } from 'saxes';
import { MTOM_TYPE, SOAP_TYPE, vector } from '../../package/xdr/requests.ts';
import { describeWith } from '../../support/needs.ts';
import { RECIPIENT, type WholePath } from '../../support/whole-path.ts';
import { switchStore } from '../../../shared/adapters/dynamo/switches.ts';
import { ANA, SENDER, SYSTEM } from '../http-world.ts';
import { MRN, register } from '../steps.ts';
import {
  askedWorld,
  copies,
  FULL,
  MINIMAL,
  post,
  postBytes,
  type Posting,
  refusal,
  TAKEN,
} from './xdr-world.ts';

const fault = (outcome: string) => ({ status: 400, outcome, as: 'Fault' });

const slotted = (name: string, value: string) => (soap: string) =>
  soap.replace(
    new RegExp(`(<rim:Slot name="${name}"><rim:ValueList><rim:Value>)[^<]*`),
    `$1${value}`,
  );

const cx = (value: string) => `${value}^^^&amp;${MRN.system}&amp;ISO`;

/** It is enough that the metadata says so. */
const restricted = (soap: string): string =>
  soap.replace('nodeRepresentation="N"', 'nodeRepresentation="R"');

/** Nothing was opened, and nothing is kept of it. */
async function expectNothing(path: WholePath): Promise<void> {
  expect(await copies(path)).toEqual([]);
  expect(path.recordBytes.keys()).toEqual([]);
}

describeWith(['shared'], 'a submission that is refused', () => {
  test.each<[string, string, Posting]>([
    [
      'package/hash-mismatch',
      'the hash is of another document',
      { message: slotted('hash', 'da39a3ee5e6b4b0d3255bfef95601890afd80709') },
    ],
    ['package/hash-mismatch', 'the size is another', { message: slotted('size', '12') }],
    [
      'package/contradiction',
      'the metadata calls a summary a discharge summary',
      {
        document: (text) => text.replace('code="34133-9"', 'code="18842-5"'),
      },
    ],
    [
      'record/not-pdf',
      'the metadata says that it is a PDF',
      { message: (soap) => soap.replace('mimeType="text/xml"', 'mimeType="application/pdf"') },
    ],
    [
      'edge/unsupported-media',
      'a kind of document that is not taken',
      { message: (soap) => soap.replace('mimeType="text/xml"', 'mimeType="image/tiff"') },
    ],
    [
      'record/not-clinical-document',
      'it is no clinical document',
      { document: () => '<?xml version="1.0"?><note/>' },
    ],
    [
      'record/doctype',
      'the document has a DOCTYPE',
      { document: (text) => text.replace('<ClinicalDocument', '<!DOCTYPE x><ClinicalDocument') },
    ],
    ['patient/unknown', 'the patient is not registered', { patient: { ...MRN, value: 'nobody' } }],
    [
      'record/patient-mismatch',
      'the document is about somebody else',
      { document: (text) => text.replace(`extension="${MRN.value}"`, 'extension="MRN-0002"') },
    ],
    [
      'record/patient-mismatch',
      'the entry and the set name two patients',
      { message: (soap) => soap.replace(cx(MRN.value), cx('MRN-0002')) },
    ],
    [
      'package/bad-metadata',
      'the id of the patient has no authority',
      { message: (soap) => soap.replaceAll(cx(MRN.value), MRN.value) },
    ],
    ['transmit-request/unknown-sender', 'in the name of a stranger', { from: 'a@b.example' }],
    [
      'transmit-request/own-address',
      'to the data holder itself',
      { to: [RECIPIENT, SENDER.toUpperCase()] },
    ],
    ['package/bad-addressing', 'a recipient that is no address', { to: ['nobody'] }],
    [
      'transmit-request/too-many-addresses',
      'eleven recipients',
      { to: Array.from({ length: 11 }, (_, n) => `dr${n}@direct.clinic.example`) },
    ],
  ])('%s: %s', async (code, _, posting) => {
    const path = await askedWorld();
    await register(path, 'ben', { identifiers: [{ ...MRN, value: 'MRN-0002' }] });
    expect(await post(path, posting)).toMatchObject(refusal(code));
    await expectNothing(path);
  });

  test('edge/intake-stopped: nothing is taken in, and a sender may try again; a repeat is', async () => {
    const path = await askedWorld();
    const switches = switchStore(path.table);
    const by = { at: path.ports.now().toISOString(), by: 'kim' };
    await switches.stop('intake', { ...by, reason: 'incident-4711' });
    path.at('2026-11-22T12:00:10Z');
    expect(await post(path)).toMatchObject({ status: 500, as: 'Fault' });
    await expectNothing(path);
    await switches.go('intake', by);
    path.at('2026-11-22T12:00:20Z');
    expect(await post(path)).toMatchObject(TAKEN);
  });

  test('patient/ambiguous: two patients hold the number', async () => {
    const path = await askedWorld();
    await register(path, 'ben');
    expect(await post(path)).toMatchObject(refusal('patient/ambiguous'));
    await expectNothing(path);
  });

  test.each(['plain SOAP', 'MTOM'] as const)('is answered as %s when it came so', async (form) => {
    const said = await post(await askedWorld(), { form, patient: { ...MRN, value: 'nobody' } });
    const type = form === 'MTOM' ? 'multipart/related' : 'application/soap+xml';
    expect(said.contentType).toContain(type);
  });

  test('is read once, and answered as what it was known for', async () => {
    const path = await askedWorld();
    let message = '';
    const fed = jest.spyOn(SaxesParser.prototype, 'write');
    const said = await post(path, {
      form: 'plain SOAP',
      to: ['nobody'],
      message: (whole) => (message = whole),
    });
    const pieces = fed.mock.calls.map(([piece]) => (typeof piece === 'string' ? piece : ''));
    fed.mockRestore();
    expect(said).toMatchObject(refusal('package/bad-addressing'));
    expect(pieces.join('')).toBe(message);
  });

  test.each<[string, string, NonNullable<Parameters<typeof askedWorld>[0]>, Posting]>([
    ['record/held', 'hold', { sensitive: { mode: 'hold' } }, {}],
    ['record/excluded', 'exclude', { sensitive: { mode: 'exclude' } }, {}],
  ])('%s: a sensitive document where the rule is %s', async (code, _, settings) => {
    const path = await askedWorld(settings);
    expect(await post(path, { message: restricted })).toMatchObject(refusal(code));
    await expectNothing(path);
  });

  test.each(['sample_request.txt', 'xdr_full_metadata_sample_request.txt'])(
    '%s as it lies',
    async (name) => {
      const path = await askedWorld();
      const text = vector(name);
      const [, type = ''] = /^content-type: (.*)$/im.exec(text) ?? [];
      const body = Buffer.from(text.slice(text.indexOf('\n\n') + 2));
      const { outcome, status } = await postBytes(path, type.trim(), body);
      expect([status, outcome]).toEqual([400, expect.stringMatching(/^package\//)]);
      await expectNothing(path);
    },
  );
});

const soap = (inside: string) =>
  Buffer.from(
    `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>${inside}</e:Body></e:Envelope>`,
  );

describe('what is no ITI-41 request', () => {
  test.each<[string, string, string, Uint8Array]>([
    ['edge/unsupported-media', 'JSON', 'application/json', Buffer.from('{}')],
    ['edge/unsupported-media', 'SOAP 1.1', 'text/xml', soap('<a/>')],
    ['edge/unsupported-media', 'no content type', '', soap('<a/>')],
    [
      'edge/malformed',
      'a content type of two lines',
      'application/soap+xml; a=b\r\nC: d',
      soap('<a/>'),
    ],
    ['edge/too-large', 'a byte too many', SOAP_TYPE, Buffer.alloc(4_400_001, 0x20)],
    ['package/bad-soap', 'nothing', SOAP_TYPE, new Uint8Array()],
    ['package/bad-soap', 'another operation', SOAP_TYPE, soap('<a/>')],
    [
      'package/bad-multipart',
      'parts without an end',
      MTOM_TYPE,
      Buffer.from('--MIMEBoundary_1\r\n'),
    ],
    [
      'package/bad-soap',
      'entities that grow',
      SOAP_TYPE,
      Buffer.from(`<!DOCTYPE a [<!ENTITY b "${'c'.repeat(1000)}">]><a>${'&b;'.repeat(1000)}</a>`),
    ],
    ['package/bad-soap', 'a million levels', SOAP_TYPE, soap('<a>'.repeat(1_000_000))],
    [
      'package/bad-soap',
      'a million elements',
      SOAP_TYPE,
      soap(`<a>${'<b/>'.repeat(1_000_000)}</a>`),
    ],
    ['package/bad-soap', 'an endless name', SOAP_TYPE, soap(`<${'a'.repeat(4_000_000)}/>`)],
    ['package/bad-soap', 'four megabytes of noise', SOAP_TYPE, Buffer.alloc(4_000_000, 0xff)],
  ])('%s: %s', async (code, _, type, bytes) => {
    const path = await askedWorld();
    expect(await postBytes(path, type, bytes)).toMatchObject(fault(code));
    await expectNothing(path);
  });
});

describeWith(['shared'], 'who may post', () => {
  test.each([
    ['nobody', undefined, 'edge/unauthenticated'],
    ['a patient', { ...ANA, scopes: ['xdr.write'] }, 'edge/forbidden'],
    ['a system without the scope', { ...SYSTEM, scopes: ['event.write'] }, 'edge/forbidden'],
  ])('%s is refused by a problem document', async (_, as, code) => {
    const path = await askedWorld();
    const answered = await path.ask('POST /v1/xdr', {
      ...(as && { as }),
      bytes: soap('<a/>'),
      headers: { 'content-type': SOAP_TYPE },
    });
    expect(answered).toMatchObject({
      headers: { 'content-type': 'application/problem+json' },
      body: { code },
    });
  });

  test('a fault of ours is one of the receiver, and what was to be done can be done again', async () => {
    const path = await askedWorld();
    const whole = { ...path.recordBytes };
    Object.assign(path.recordBytes, { put: () => Promise.reject(new Error('the bucket is gone')) });
    expect(await post(path)).toMatchObject({ status: 500, outcome: 'edge/failed', as: 'Fault' });
    Object.assign(path.recordBytes, whole);
    expect(await post(path)).toMatchObject(TAKEN);
    expect(path.lines.join('')).not.toContain('the bucket is gone');
  });

  test('no log line names anybody', async () => {
    const path = await askedWorld();
    for (const name of [FULL, MINIMAL]) await post(path, { name, messageId: `urn:uuid:${name}` });
    await post(path, { messageId: 'urn:uuid:3', patient: { ...MRN, value: 'nobody' } });
    await path.settle();
    const log = path.lines.join('');
    expect(log).toContain('copies-opened');
    expect(log).toContain('patient/unknown');
    expect(log).not.toMatch(/clinic\.example|Isabella|MRN-|Green Street|urn:uuid/);
  });
});
