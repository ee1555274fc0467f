import { describe, expect, test } from '@jest/globals';
import { xdrEntity } from '../../../shared/package/xdr/read-xdr.ts';
import { ACTION, changed as changedIn, MTOM_TYPE, ownSoap, plain, refusalOf } from './requests.ts';

const SOAP = ownSoap();
const changed = (from: string | RegExp, to: string): string => changedIn(SOAP, from, to);
const inHeader = (markup: string): string => changed('<wsa:To', `${markup}<wsa:To`);
const inDocument = (markup: string): string =>
  changed(/(?<=<xdsb:Document id="Document01">)[^<]*/, markup);

describe('SOAP that is none', () => {
  test.each([
    ['cut short', SOAP.slice(0, -20)],
    [
      'of version 1.1',
      changed(/2003\/05\/soap-envelope/g, '').replaceAll(
        'http://www.w3.org/',
        'http://schemas.xmlsoap.org/soap/envelope/',
      ),
    ],
    ['with a DOCTYPE', `<!DOCTYPE a [<!ENTITY b "c">]>${SOAP}`],
    ['with an entity', changed('mid:', '&x;mid:')],
    ['with an unbound prefix', changed('<wsa:To', '<x:To/><wsa:To')],
    [
      'with bytes of another encoding',
      Buffer.concat([Buffer.from(SOAP.slice(0, -1)), Buffer.of(0xff, 0x3e)]),
    ],
    ['without a body', changed(/<env:Body>[^]*<\/env:Body>/, '')],
    ['with two bodies', changed('</env:Envelope>', '<env:Body/></env:Envelope>')],
    ['with two headers', changed('<env:Body>', '<env:Header/><env:Body>')],
    ['with two elements in its body', changed('</env:Body>', '<a/></env:Body>')],
    ['with another element beside', changed('</env:Envelope>', '<a/></env:Envelope>')],
    ['without a MessageID', changed(/<wsa:MessageID.*<\/wsa:MessageID>/, '')],
    [
      'with two MessageIDs',
      changed(
        '<wsa:To',
        `<wsa:MessageID xmlns:wsa="http://www.w3.org/2005/08/addressing">a</wsa:MessageID><wsa:To`,
      ),
    ],
    ['with an empty MessageID', changed(/mid:[^<]*/, '')],
    ['with a MessageID of several words', changed(/mid:[^<]*/, 'a b')],
    ['with a long MessageID', changed(/mid:[^<]*/, 'a'.repeat(501))],
    ['without an Action', changed(/<wsa:Action.*<\/wsa:Action>/, '')],
    ['with another Action', changed(`>${ACTION}<`, '>urn:ihe:iti:2007:RegistryStoredQuery<')],
    [
      'that is to be answered elsewhere',
      inHeader(
        '<r:ReplyTo xmlns:r="http://www.w3.org/2005/08/addressing"><r:Address>https://elsewhere.example/</r:Address></r:ReplyTo>',
      ),
    ],
    ['with another request', changed(/xds-b:2007/g, 'xds-b:2008')],
    ['with a document that is no base64', inDocument('====')],
    ['with base64 that ends too early', inDocument('QUJ')],
    ['with something else in the document', inDocument('<a/>')],
    [
      'with two things in the document',
      inDocument('<direct:messageDisposition xmlns:direct="urn:direct:addressing"/><a/>'),
    ],
  ])('%s', (_, soap) => {
    expect(refusalOf(plain(soap))).toBe('package/bad-soap');
  });

  test.each([
    ['nested without an end', '<a>'.repeat(100_000)],
    ['nested, and closed', inHeader(`${'<a>'.repeat(40)}${'</a>'.repeat(40)}`)],
    ['a million elements', inHeader('<a/>'.repeat(1_000_000))],
    [
      'a thousand attributes',
      inHeader(`<a ${Array.from({ length: 1000 }, (__, at) => `b${at}=""`).join(' ')}/>`),
    ],
    ['a long name', inHeader(`<${'a'.repeat(1_000_000)}/>`)],
    ['a long name of an attribute', inHeader(`<a ${'b'.repeat(1_000_000)}=""/>`)],
    ['more than is read', inHeader(`<!--${' '.repeat(8 * 1024 * 1024)}-->`)],
    [
      'laughs a billion times',
      SOAP.replace(
        '<env:Envelope',
        '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><env:Envelope',
      ),
    ],
  ])('a bomb: %s', (_, soap) => {
    expect(refusalOf(plain(soap))).toBe('package/bad-soap');
  });

  test.each([
    ['text/xml', 'text/xml; charset=utf-8'],
    ['another character set', 'application/soap+xml; charset=utf-16'],
    ['no type', ''],
    ['a type that says something twice', 'application/soap+xml; charset=utf-8; charset=utf-8'],
    ['a type with something behind it', 'application/soap+xml charset'],
    ['related parts of something else', MTOM_TYPE.replace('xop+xml', 'octet-stream')],
    ['JSON', 'application/json'],
  ])('under another Content-Type: %s', (_, type) => {
    expect(refusalOf(plain(SOAP, type))).toBe('edge/unsupported-media');
  });

  test('under a Content-Type with another action', () => {
    const type = 'application/soap+xml; action="urn:ihe:iti:2007:RegistryStoredQuery"';
    expect(refusalOf(plain(SOAP, type))).toBe('package/bad-soap');
  });

  test('a Content-Type of two lines is never put before a body', () => {
    expect(() => xdrEntity('text/plain\r\nX: y', new Uint8Array())).toThrow('two lines');
  });
});

const block = (attributes: string): string =>
  inHeader(`<a xmlns:s="http://www.w3.org/2003/05/soap-envelope" ${attributes}/>`);

describe('a header that must be understood', () => {
  const ROLE = 'http://www.w3.org/2003/05/soap-envelope/role';

  test.each([
    ['and is not known', 's:mustUnderstand="true"', 'package/not-understood'],
    [
      'of a namespace that every object knows',
      's:mustUnderstand="true" xmlns="constructor"',
      'package/not-understood',
    ],
    ['said as a number', 's:mustUnderstand="1"', 'package/not-understood'],
    ['by the next', `s:mustUnderstand="true" s:role="${ROLE}/next"`, 'package/not-understood'],
    ['by nobody', `s:mustUnderstand="true" s:role="${ROLE}/none"`, 'read'],
    ['or need not', 's:mustUnderstand="false"', 'read'],
    ['in another namespace', 'mustUnderstand="true"', 'read'],
  ])('%s', (_, attributes, code) => {
    expect(refusalOf(plain(block(attributes)))).toBe(code);
  });
});
