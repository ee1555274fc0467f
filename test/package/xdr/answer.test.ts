import { describe, expect, test } from '@jest/globals';
import {
  faultAnswer,
  readRegistryAnswer,
  registryAnswer,
  type XdrAnswer,
} from '../../../shared/package/xdr/answer.ts';
import { describeWith } from '../../support/needs.ts';
import { validates } from '../tools.ts';
import { SOAP_TYPE, textOf, vector } from './requests.ts';

const NO = { code: 'transmit-request/none', text: 'No "request" names <it> & that.' };
const BOTH = [
  { messageId: 'urn:uuid:1&<>', isMtom: true },
  { messageId: 'urn:uuid:1&<>', isMtom: false },
];

const readAnswer = ({ contentType, body }: XdrAnswer) => readRegistryAnswer(contentType, body);
const codeOf = (contentType: string, body: string | Uint8Array): string => {
  const answer = readRegistryAnswer(contentType, Buffer.from(body));
  return answer.ok ? 'read' : answer.failure.code;
};
const responseIn = ({ body }: XdrAnswer): string =>
  /<rs:RegistryResponse[^]*<\/rs:RegistryResponse>/.exec(textOf(body))?.[0] ?? '';
const YES = registryAnswer(BOTH[1]!, 'success');

describe('the answer to a request', () => {
  test('comes in the form of the request, relates to it, and is read again', () => {
    for (const request of BOTH) {
      const [yes, no] = [registryAnswer(request, 'success'), registryAnswer(request, NO)];
      expect(readAnswer(yes)).toEqual({ ok: true, value: 'success' });
      expect(readAnswer(no)).toEqual({ ok: true, value: { errorCodes: ['XDSRepositoryError'] } });
      for (const { contentType, body } of [yes, no]) {
        expect(contentType).toMatch(
          request.isMtom ? /^multipart\/related; / : /^application\/soap/,
        );
        expect(textOf(body)).toContain('>urn:uuid:1&amp;&lt;&gt;</wsa:RelatesTo>');
        expect(contentType).toContain('ProvideAndRegisterDocumentSet-bResponse');
      }
    }
  });

  test('says our code and its sentence', () => {
    expect(textOf(registryAnswer(BOTH[0]!, NO).body)).toContain(
      'codeContext="transmit-request/none: No &quot;request&quot; names &lt;it&gt; &amp; that."',
    );
  });

  test.each([
    ['package/hash-mismatch', 'XDSRepositoryMetadataError'],
    ['edge/unavailable', 'XDSRepositoryBusy'],
    ['constructor', 'XDSRepositoryError'],
  ])('%s is called as IHE calls it', (code, called) => {
    const answer = readAnswer(registryAnswer(BOTH[0]!, { code, text: '' }));
    expect(answer).toEqual({ ok: true, value: { errorCodes: [called] } });
  });

  describeWith(['shared', 'xmllint'], 'by the schemas', () => {
    test('it is valid', () => {
      for (const outcome of ['success', NO] as const) {
        expect(validates('answer', responseIn(registryAnswer(BOTH[0]!, outcome)))).toBe('good');
      }
    });
  });
});

describe('a fault', () => {
  test.each([
    ['Sender', 'package/bad-soap', 'env:Sender', 'our:package.bad-soap'],
    ['Receiver', 'edge/failed', 'env:Receiver', 'our:edge.failed'],
    ['Sender', 'package/not-understood', 'env:MustUnderstand', 'our:package.not-understood'],
  ] as const)('%s for %s', (kind, code, value, subcode) => {
    const { contentType, body } = faultAnswer(kind, code, 'A <sentence>.');
    expect(contentType).toContain('application/soap+xml');
    expect(textOf(body)).toContain(`<env:Value>${value}</env:Value>`);
    expect(textOf(body)).toContain(`>${subcode}</env:Value>`);
    expect(textOf(body)).toContain(`${code}: A &lt;sentence&gt;.`);
  });

  test('is no answer of a registry', () => {
    expect(readAnswer(faultAnswer('Sender', 'package/bad-soap', ''))).toMatchObject({
      failure: { code: 'package/bad-soap' },
    });
  });
});

const failing = (errors: string): string =>
  textOf(registryAnswer(BOTH[1]!, NO).body).replace(/<rs:RegistryError .*\/>/, errors);

describe('what others answer', () => {
  test('a success in part is none', () => {
    const partly = textOf(YES.body).replace(':Success"', ':PartialSuccess"');
    const answer = readRegistryAnswer(YES.contentType, Buffer.from(partly));
    expect(answer).toEqual({ ok: true, value: { errorCodes: [] } });
  });

  test('codes are bounded in number and length, and printable', () => {
    const one = `<rs:RegistryError errorCode="X&#233;&#10;${'y'.repeat(200)}"/>`;
    const answer = readRegistryAnswer(YES.contentType, Buffer.from(failing(one.repeat(30))));
    const codes = Array.from({ length: 20 }, () => `X${'y'.repeat(99)}`);
    expect(answer).toEqual({ ok: true, value: { errorCodes: codes } });
  });

  test.each([
    ['garbage', SOAP_TYPE, 'HTTP/1.1 200 OK', 'package/bad-soap'],
    ['a page', 'text/html', '<html/>', 'edge/unsupported-media'],
    ['nothing', '', '', 'edge/unsupported-media'],
    ['a type of two lines', 'text/xml\r\nX: y', '', 'edge/unsupported-media'],
    ['too much', SOAP_TYPE, ' '.repeat(1024 * 1024 + 1), 'package/over-limits'],
    [
      'another response',
      SOAP_TYPE,
      textOf(YES.body).replaceAll('rs:3.0', 'rs:2.0'),
      'package/bad-soap',
    ],
  ])('%s', (_, contentType, body, code) => {
    expect(codeOf(contentType, body)).toBe(code);
  });

  describeWith(['shared'], 'the certification tool', () => {
    test('answers plain SOAP with a fault', () => {
      const text = vector('sample_response.txt');
      expect(codeOf(SOAP_TYPE, text.slice(text.indexOf('<S:')))).toBe('package/bad-soap');
    });
  });
});
