import { ACTION, changed as changedIn, MTOM_TYPE, ownSoap, plain } from '../requests.ts';
import { refusedAs, type RefusedRequest } from './refused-request.ts';

const SOAP = ownSoap();
const changed = (from: string | RegExp, to: string): string => changedIn(SOAP, from, to);
const inHeader = (markup: string): string => changed('<wsa:To', `${markup}<wsa:To`);
const inDocument = (markup: string): string =>
  changed(/(?<=<xdsb:Document id="Document01">)[^<]*/, markup);

/** SOAP that is none. */
export const BAD_SOAP: readonly RefusedRequest[] = refusedAs('package/bad-soap', plain, [
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
]);

/** What costs its reader more than it cost its writer. */
export const BOMBS: readonly RefusedRequest[] = refusedAs('package/bad-soap', plain, [
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
]);

/** Good SOAP under the name of something else. */
export const OTHER_TYPES: readonly RefusedRequest[] = refusedAs(
  'edge/unsupported-media',
  (type: string) => plain(SOAP, type),
  [
    ['text/xml', 'text/xml; charset=utf-8'],
    ['another character set', 'application/soap+xml; charset=utf-16'],
    ['no type', ''],
    ['a type that says something twice', 'application/soap+xml; charset=utf-8; charset=utf-8'],
    ['a type with something behind it', 'application/soap+xml charset'],
    ['related parts of something else', MTOM_TYPE.replace('xop+xml', 'octet-stream')],
    ['JSON', 'application/json'],
  ],
);
