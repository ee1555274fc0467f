import { xdrEntity } from '../../../../shared/package/xdr/entity.ts';
import { asMtom, changed, mtom, MTOM_TYPE, mtomBody, ownSoap, plain } from '../requests.ts';
import { refusedAs, type RefusedRequest } from './refused-request.ts';

const good = asMtom(ownSoap());
const text = mtomBody(good).toString('latin1');
const [part] = good.parts;
const raw = (edited: string, type = MTOM_TYPE): Uint8Array =>
  xdrEntity(type, Buffer.from(edited, 'latin1'));
const swap = (from: string | RegExp, to: string): Uint8Array => raw(changed(text, from, to));

/** MTOM that is broken. */
export const BAD_MTOM: readonly RefusedRequest[] = refusedAs(
  'package/bad-multipart',
  (entity: Uint8Array) => entity,
  [
    ['lines that end with LF', raw(text.replace(/\r\n/g, '\n'))],
    ['no closing delimiter', raw(text.replace(/\r\n--MIMEBoundary_1--\r\n$/, '\r\n'))],
    ['something behind the closing delimiter', raw(`${text}x`)],
    ['much behind the closing delimiter', raw(`${text}${'\r\n'.repeat(1000)}x`)],
    ['something before the first delimiter', raw(`x\r\n${text}`)],
    [
      'a first delimiter that is another',
      raw(`xx${text.replace('--MIMEBoundary_1', '--MIMEBoundary_2')}`),
    ],
    ['a delimiter that goes on', swap('\r\n--MIMEBoundary_1\r\n', '\r\n--MIMEBoundary_12\r\n')],
    ['another boundary', raw(text, MTOM_TYPE.replace('Boundary_1', 'Boundary_2'))],
    ['no boundary', raw(text, MTOM_TYPE.replace(/boundary="[^"]*"/, 'boundary=""'))],
    ['a boundary that is too long', raw(text, MTOM_TYPE.replace('MIMEBoundary_1', 'b'.repeat(71)))],
    ['a start that is nowhere', raw(text, MTOM_TYPE.replace('<root', '<other'))],
    [
      'a start without its brackets',
      raw(text, MTOM_TYPE.replace('<root@edge.example>', 'root@edge.example')),
    ],
    ['a start that is a document', raw(text, MTOM_TYPE.replace('<root', '<document1'))],
    ['an Include that dangles', swap('href="cid:document1', 'href="cid:document2')],
    ['an Include of another scheme', swap('href="cid:', 'href="https://')],
    ['an Include with broken escapes', swap('href="cid:', 'href="cid:%E0%A4%A')],
    ['an Include of the start', swap('href="cid:document1@', 'href="cid:root@')],
    ['an Include without a reference', swap(/ href="cid:[^"]*"/, '')],
    [
      'a part that nothing includes',
      mtom({ ...good, parts: [...good.parts, { id: 'unused@b', bytes: Buffer.of() }] }),
    ],
    ['a Content-ID twice', mtom({ ...good, parts: [...good.parts, ...good.parts] })],
    ['a part without a Content-ID', swap('Content-ID: <document1@edge.example>\r\n', '')],
    [
      'a Content-ID without its brackets',
      swap('<document1@edge.example>', 'document1@edge.example'),
    ],
    [
      'a field twice',
      swap('Content-ID: <document1', 'Content-ID: <a@b>\r\nContent-ID: <document1'),
    ],
    ['a line that is no field', swap('Content-ID: <document1', 'Content-ID <document1')],
    [
      'a header that is too long',
      swap('Content-ID: <document1', `X: ${'y'.repeat(9000)}\r\nContent-ID: <document1`),
    ],
    [
      'a header of too many fields',
      swap(
        'Content-ID: <document1',
        `${Array.from({ length: 30 }, (_, at) => `X${at}: y\r\n`).join('')}Content-ID: <document1`,
      ),
    ],
    [
      'another transfer encoding',
      mtom({ ...good, parts: [{ ...part!, encoding: 'quoted-printable' }] }),
    ],
    ['base64 that is none', mtom({ ...good, parts: [{ ...part!, encoding: 'base64' }] })],
    ['a start of another type', swap('application/xop+xml; charset', 'text/xml; charset')],
    ['a start in another character set', swap('charset=UTF-8', 'charset=UTF-16')],
    ['a start that is SOAP 1.1', swap('type="application/soap+xml"', 'type="text/xml"')],
    ['nothing but delimiters', raw('--MIMEBoundary_1\r\n--MIMEBoundary_1--\r\n')],
    ['nothing', raw('')],
    ['an Include in plain SOAP', plain(good.soap)],
  ],
);
