import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { DirectAddress, MessageId } from '../../../shared/ids.ts';
import { packageRecord } from '../../../shared/package/package-record.ts';
import { dispositionXdr, dispositionXml } from '../../../shared/package/xdr/disposition.ts';
import { messageIdOfUri, uriOfMessageId } from '../../../shared/package/xdr/message-uri.ts';
import { packageSubmissionAsXdr, packageXdr } from '../../../shared/package/xdr/package-xdr.ts';
import type { XdrSubmission } from '../../../shared/package/xdr/xdr.ts';
import { sampleCcda } from '../../support/ccda.ts';
import { cases } from '../../support/counts.ts';
import { describeWith } from '../../support/needs.ts';
import { inputOf } from '../sample-input.ts';
import { validates } from '../tools.ts';
import { HOW, plain, preparedInput, read, textOf } from './requests.ts';

const DISCHARGE = sampleCcda({
  title: 'Discharge summary',
  documentId: { root: '2.16.840.1.113883.19.5.77.1', extension: 'DS-1' },
});

const entityOf = (...documents: readonly Uint8Array[]): Uint8Array => {
  const bundle = packageXdr(preparedInput(...documents), HOW);
  if (!bundle.ok) throw new Error(bundle.failure.code);
  return bundle.value.entity;
};

const submissionIn = (entity: Uint8Array): XdrSubmission => {
  const { contents } = read(entity);
  if (contents.kind !== 'submission') throw new Error(contents.kind);
  return contents.submission;
};

/** METADATA.XML or its like, as a document of its own. */
const inEntity = (name: string, entity: Uint8Array): string =>
  new RegExp(`<(?:\\w+:)?${name}[^]*</(?:\\w+:)?${name}>`).exec(textOf(entity))?.[0] ?? '';

describe('a record as a request', () => {
  const entity = entityOf(sampleCcda(), DISCHARGE);
  const request = read(entity);

  test('says what it is, between whom it goes, and what is wished', () => {
    expect(request).toMatchObject({
      messageId: 'mid:abcdefgh234567@green.example',
      level: 'XDS',
      isMtom: true,
      addressing: {
        from: 'records@green.example',
        to: ['Dr.Kim@clinic.example'],
        wantsFinalDelivery: true,
      },
    });
    expect(textOf(entity)).toContain(
      'env:role="urn:direct:addressing:destination" env:relay="true"',
    );
    expect(textOf(entity)).toContain('<direct:to>mailto:Dr.Kim@clinic.example</direct:to>');
    expect(textOf(entity)).toContain('>https://hisp.example/v1/xdr?a=1&amp;b=2</wsa:To>');
  });

  test('holds the documents byte for byte, described as in our XDM but for the name of a file', () => {
    const { documents, set } = submissionIn(entity);
    expect(documents.map(({ bytes }) => textOf(bytes))).toEqual(
      [sampleCcda(), DISCHARGE].map(textOf),
    );
    const bundle = packageRecord(inputOf(sampleCcda(), DISCHARGE));
    const metadata = bundle.ok ? bundle.value.documents : [];
    expect(documents.map(({ described }) => described)).toEqual(
      metadata.map((each) => ({ ...each, uri: undefined })),
    );
    expect(set.intendedRecipients).toEqual(['||^^Internet^Dr.Kim@clinic.example']);
    expect(textOf(entity)).not.toContain('name="URI"');
  });

  test('is the same for the same input, and lines between its parts end with CRLF', () => {
    expect(Buffer.compare(entity, entityOf(sampleCcda(), DISCHARGE))).toBe(0);
    const other = packageXdr(preparedInput(sampleCcda(), DISCHARGE), {
      ...HOW,
      messageId: 'other@green.example' as MessageId,
    });
    expect(other.ok && Buffer.compare(entity, other.value.entity)).not.toBe(0);
    const [head = ''] = textOf(entity).split('<?xml', 1);
    expect(head.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('its boundary is in none of its documents, whatever is in them', () => {
    const [, boundary = ''] = /boundary="([^"]*)"/.exec(textOf(entityOf(sampleCcda()))) ?? [];
    const hostile = sampleCcda({ title: `\r\n--${boundary}--\r\n` });
    expect(Buffer.compare(submissionIn(entityOf(hostile)).documents[0]!.bytes, hostile)).toBe(0);
  });

  test('what is sensitive is treated as in a package', () => {
    const restricted = preparedInput(sampleCcda(), sampleCcda({ confidentiality: 'R' }));
    const codes = (['hold', 'exclude', 'send-with-notice'] as const).map((mode) => {
      const bundle = packageXdr(
        { ...restricted, sensitive: { ...restricted.sensitive, mode } },
        HOW,
      );
      return bundle.ok ? [bundle.value.documents, bundle.value.excluded] : bundle.failure.code;
    });
    expect(codes).toEqual(['record/held', [1, 1], [2, 0]]);
  });

  test('record/none: a record without documents', () => {
    expect(packageXdr(preparedInput(), HOW)).toMatchObject({ failure: { code: 'record/none' } });
  });
});

describe('what is written is read again', () => {
  const name = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });

  test('a record, whatever its names are', () => {
    fc.assert(
      fc.property(name, fc.array(name, { maxLength: 3 }), name, (family, given, title) => {
        const document = sampleCcda({ family, given, title });
        const entity = entityOf(document, DISCHARGE);
        const { objects, documents } = submissionIn(entity);
        expect(documents.map(({ bytes }) => Buffer.compare(bytes, document))).toContain(0);
        const how = { ...HOW, from: 'a@b.example', to: 'c@d.example' } as never;
        const passedOn = packageSubmissionAsXdr(submissionIn(entity), how);
        const again = submissionIn(passedOn.ok ? passedOn.value.entity : entity);
        expect(again.objects).toEqual(objects);
        expect(again.documents).toEqual(documents);
      }),
      { numRuns: cases(30, 500) },
    );
  });

  test('a submission of somebody else goes between the addresses that are said now', () => {
    const submission = submissionIn(entityOf(sampleCcda()));
    const passedOn = packageSubmissionAsXdr(submission, {
      messageId: 'second@green.example' as MessageId,
      endpoint: HOW.endpoint,
      from: 'records@green.example' as DirectAddress,
      to: 'other@clinic.example' as DirectAddress,
    });
    expect(passedOn).toMatchObject({ ok: true, value: { documents: 1, excluded: 0 } });
    const request = read(passedOn.ok ? passedOn.value.entity : new Uint8Array());
    expect(request).toMatchObject({
      messageId: 'mid:second@green.example',
      level: 'minimal',
      addressing: { from: 'records@green.example', to: ['other@clinic.example'] },
      contents: { submission: { set: submission.set } },
    });
  });

  test.each(['abc@green.example', 'a%2Fb+c=@green.example', '<x>"y@z.example', 'no-at'])(
    'the Message-ID %s as a URI',
    (id) => {
      const uri = uriOfMessageId(id as MessageId);
      expect(URL.parse(uri)?.href).toBe(uri);
      expect(messageIdOfUri(` ${uri} `)).toBe(id.replace(/^<|>$/g, ''));
    },
  );

  test.each([
    ['mid:%E0%A4%A', undefined],
    ['mid:', undefined],
    ['a b', undefined],
    ['MID:a@b.example', 'a@b.example'],
    ['<a@b.example>', 'a@b.example'],
    ['urn:uuid:1', 'urn:uuid:1'],
  ])('the URI %s as a Message-ID', (uri, id) => {
    expect(messageIdOfUri(uri)).toBe(id);
  });
});

const hash = (text: string): string => createHash('sha1').update(text).digest('hex');

describe('a report', () => {
  const how = {
    messageId: 'report@green.example' as MessageId,
    relatesTo: 'urn:uuid:066956f1&<>"',
    from: 'records@green.example' as DirectAddress,
    to: 'sender@edge.example' as DirectAddress,
    endpoint: 'https://edge.example/xdr',
    at: new Date('2026-03-03T10:11:12Z'),
  };
  const recipient = 'dr/kim+a%b@clinic.example' as DirectAddress;

  test.each([
    ['success', { recipient, disposition: 'success' }],
    ['failure', { recipient, disposition: 'failure', reasonForFailure: 'trust.expired' }],
  ] as const)('of %s is read again', (_, said) => {
    const entity = dispositionXdr(said, how);
    expect(read(entity)).toEqual({
      messageId: 'mid:report@green.example',
      level: 'minimal',
      isMtom: true,
      addressing: {
        from: how.from,
        to: [how.to],
        wantsFinalDelivery: false,
        relatesTo: how.relatesTo,
      },
      contents: { kind: 'disposition', said },
    });
    expect(Buffer.compare(entity, dispositionXdr(said, how))).toBe(0);
  });

  test.each([
    ['without a recipient', /<direct:recipient>.*<\/direct:recipient>/, '', 'bad-metadata'],
    ['of another kind', '>failure<', '>perhaps<', 'bad-metadata'],
    [
      'beside another document',
      '</xdsb:Document>',
      '</xdsb:Document><xdsb:Document id="a"/>',
      'bad-metadata',
    ],
  ])('%s is refused', (_, from, to, code) => {
    const soap = inEntity('Envelope', dispositionXdr({ recipient, disposition: 'failure' }, how));
    const entity = plain(soap.replace(from, to));
    expect(() => read(entity)).toThrow(`package/${code}`);
  });

  test('whose reason is no name counts without it', () => {
    const said = { recipient, disposition: 'failure', reasonForFailure: 'two words' } as const;
    const { contents } = read(dispositionXdr(said, how));
    expect(contents).toEqual({ kind: 'disposition', said: { recipient, disposition: 'failure' } });
  });

  test('in a part of its own is held against its hash', () => {
    const soap = inEntity('Envelope', dispositionXdr({ recipient, disposition: 'success' }, how));
    const xml = dispositionXml({ recipient, disposition: 'success' });
    const withHash = (said: string): Uint8Array =>
      plain(
        soap
          .replace(xml, Buffer.from(xml).toString('base64'))
          .replace(
            '<Name>',
            `<Slot name="hash"><ValueList><Value>${said}</Value></ValueList></Slot><Name>`,
          ),
      );
    expect(read(withHash(hash(xml))).contents.kind).toBe('disposition');
    expect(() => read(withHash(hash('another')))).toThrow('package/hash-mismatch');
  });

  describeWith(['shared', 'xmllint'], 'and a request', () => {
    test('are valid by the schemas', () => {
      const entities = [
        dispositionXdr({ recipient, disposition: 'success' }, how),
        entityOf(sampleCcda(), DISCHARGE),
      ];
      for (const entity of entities)
        expect(validates('metadata', inEntity('SubmitObjectsRequest', entity))).toBe('good');
      for (const reason of [undefined, 'notification.no-final-confirmation']) {
        const said = {
          recipient,
          disposition: 'failure',
          ...(reason && { reasonForFailure: reason }),
        } as const;
        expect(validates('disposition', dispositionXml(said))).toBe('good');
      }
    });
  });
});
