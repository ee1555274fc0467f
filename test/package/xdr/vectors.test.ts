import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { xdrEntity } from '../../../shared/package/xdr/entity.ts';
import { describeWith } from '../../support/needs.ts';
import { asMtom, filled, mtom, plain, read, refusalOf, vector } from './requests.ts';

const [FULL, MINIMAL] = ['Xdr_full_metadata.xml', 'Xdr_minimal_metadata.xml'] as const;
const SUCCESS = 'DeliveryStatusNotification_success.xml';
const FAILURE = 'DeliveryStatusNotification_failure.xml';

const inBothForms = (soap: string): readonly Uint8Array[] => [plain(soap), mtom(asMtom(soap))];

/** With the hash and size of its document said, after `change`. */
const described = (soap: string, change = (bytes: Buffer): Buffer => bytes): string => {
  const [, base64 = ''] = /<xdsb:Document[^>]*>([^<]*)</.exec(soap) ?? [];
  const bytes = change(Buffer.from(base64, 'base64'));
  const said = { hash: createHash('sha1').update(bytes).digest('hex'), size: bytes.length };
  const slots = Object.entries(said).map(
    ([name, value]) =>
      `<rim:Slot name="${name}"><rim:ValueList><rim:Value>${value}</rim:Value></rim:ValueList></rim:Slot>`,
  );
  return soap.replace('<rim:Slot name="creationTime">', `${slots.join('')}$&`);
};

describeWith(['shared'], 'requests of the certification tool, filled in', () => {
  describe.each([
    [FULL, 'XDS'],
    [MINIMAL, 'minimal'],
  ])('%s', (name, level) => {
    test.each(['plain SOAP', 'MTOM'])('is read as %s', (form) => {
      const isMtom = form === 'MTOM';
      const request = read(inBothForms(described(filled(name)))[isMtom ? 1 : 0]!);
      expect(request).toMatchObject({
        messageId: 'urn:uuid:066956f1-5b37-45df-9997-40f8e71d05b3',
        level,
        isMtom,
        addressing: {
          from: 'sender@edge.example',
          to: ['dr.kim@clinic.example'],
          wantsFinalDelivery: false,
        },
        contents: {
          kind: 'submission',
          submission: {
            set: { patientId: '1^^^&2.16.840.1.113883.4.6&ISO', submissionTime: '20110117211159' },
            documents: [
              {
                id: 'Document01',
                described: { mimeType: 'text/xml', uniqueId: '1.42.20140915172101.10.1' },
              },
            ],
          },
        },
      });
    });

    test('gives the document byte for byte', () => {
      const [, base64 = ''] = /<xdsb:Document[^>]*>([^<]*)</.exec(filled(name)) ?? [];
      for (const entity of inBothForms(filled(name))) {
        const { contents } = read(entity);
        const [document] = contents.kind === 'submission' ? contents.submission.documents : [];
        expect(Buffer.from(document!.bytes).equals(Buffer.from(base64, 'base64'))).toBe(true);
        expect(document!.bytes).toHaveLength(79_482);
      }
    });

    test.each([
      ['one byte is another', (bytes: Buffer) => Buffer.concat([Buffer.of(1), bytes.subarray(1)])],
      ['one byte is missing', (bytes: Buffer) => bytes.subarray(1)],
    ])('is refused when its metadata describes another document: %s', (_, change) => {
      for (const entity of inBothForms(described(filled(name), change)))
        expect(refusalOf(entity)).toBe('package/hash-mismatch');
    });
  });

  test('as they lie, without addresses, they are refused', () => {
    for (const name of [FULL, MINIMAL]) {
      expect(refusalOf(plain(vector(name)))).toBe('package/bad-addressing');
    }
  });
});

const posted = (name: string, ends: (text: string) => string): Uint8Array => {
  const text = vector(name);
  const [, type = ''] = /^content-type: (.*)$/im.exec(text) ?? [];
  return xdrEntity(type, Buffer.from(ends(text.slice(text.indexOf('\n\n') + 2))));
};

const crlf = (text: string): string => text.replace(/\n/g, '\r\n');

describeWith(['shared'], 'captures of the certification tool', () => {
  test.each(['sample_request.txt', 'xdr_full_metadata_sample_request.txt'])(
    '%s is refused as it lies: its lines end with LF',
    (name) => {
      expect(refusalOf(posted(name, (text) => text))).toBe('package/bad-multipart');
    },
  );

  test('with CRLF one has no end of its header, the other no documents', () => {
    expect(refusalOf(posted('sample_request.txt', crlf))).toBe('package/bad-multipart');
    expect(refusalOf(posted('xdr_full_metadata_sample_request.txt', crlf))).toBe(
      'package/bad-metadata',
    );
  });

  test('a header of WS-Security that must be understood is not', () => {
    const secured = filled(FULL).replace('<wsa:To', `${vector('SamlHeaders.xml')}$&`);
    expect(refusalOf(plain(secured))).toBe('package/not-understood');
    const optional = secured.replace('S:mustUnderstand="true"', 'S:mustUnderstand="false"');
    expect(refusalOf(plain(optional))).toBe('read');
  });
});

describeWith(['shared'], 'reports of the certification tool', () => {
  test('of success', () => {
    for (const entity of inBothForms(filled(SUCCESS))) {
      expect(read(entity)).toMatchObject({
        addressing: { relatesTo: 'mid:abc@green.example', from: 'sender@edge.example' },
        contents: {
          kind: 'disposition',
          said: { recipient: 'dr.kim@clinic.example', disposition: 'success' },
        },
      });
    }
  });

  test('of failure is no XML as it lies, and one with its prefix declared', () => {
    const lies = filled(FAILURE);
    expect(refusalOf(plain(lies))).toBe('package/bad-soap');
    const declared = lies.replace(
      '<direct:addressBlock',
      '$& xmlns:env="http://www.w3.org/2003/05/soap-envelope"',
    );
    expect(read(plain(declared))).toMatchObject({
      addressing: { relatesTo: 'urn:uuid:066956f1-5b37-45df-9997-40f8e71d05b3' },
      contents: { kind: 'disposition', said: { disposition: 'failure' } },
    });
  });

  test.each(['base64', 'a part'])('as %s is the same', (form) => {
    const soap = filled(SUCCESS);
    const [report = ''] = /<direct:messageDisposition[^]*<\/direct:messageDisposition>/.exec(soap)!;
    const encoded = soap.replace(report, Buffer.from(report).toString('base64'));
    const entity = form === 'base64' ? plain(encoded) : mtom(asMtom(encoded));
    expect(read(entity).contents).toEqual(read(plain(soap)).contents);
  });
});
