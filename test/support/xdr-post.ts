import { createHash } from 'node:crypto';
import type { Identifier } from '../../shared/patient/patient.ts';
import { asMtom, MTOM_TYPE, mtomBody, SOAP_TYPE, vector } from '../package/xdr/requests.ts';

/** What a template of the certification tool is filled in with. */
export interface XdrFilling {
  /** Empty: `direct:from` stays out. */
  readonly from: string;
  readonly to: readonly string[];
  readonly messageId: string;
  /** Takes the place of the one in the metadata and in the document. */
  readonly patient: Identifier;
  /** The document, before its hash and its size are said. */
  readonly document?: (text: string) => string;
  /** The message, when everything is in it. */
  readonly message?: (soap: string) => string;
}

const THEIRS = { cx: '1^^^&amp;2.16.840.1.113883.4.6&amp;ISO', root: '2.16.840.1.113883.4.6' };

/** A request of the certification tool with our addresses and patient in it, and the true hash and size of its document. */
export function filledRequest(name: string, filling: XdrFilling): string {
  const { from, to, messageId, patient, document = (text) => text } = filling;
  const cx = `${patient.value}^^^&amp;${patient.system}&amp;ISO`;
  const filled = vector(name)
    .replace('<direct:from>#DIRECT_FROM#</direct:from>', from === '' ? '' : said('from', from))
    .replace('<direct:to>#DIRECT_TO#</direct:to>', to.map((each) => said('to', each)).join(''))
    .replace('#WSA_TO#', 'https://api.example/v1/xdr')
    .replace('#MESSAGE_ID#', messageId)
    .replace('#UNIQUE_ID_SS#', '2.25.1234567890')
    .replaceAll(THEIRS.cx, cx);
  const [, base64 = ''] = DOCUMENT.exec(filled) ?? [];
  const theirs = Buffer.from(base64, 'base64').toString();
  const own = `<id extension="${patient.value}" root="${patient.system}"/>`;
  const bytes = Buffer.from(
    document(theirs.replace(`<id extension="1" root="${THEIRS.root}"/>`, own)),
  );
  const soap = filled
    .replace(base64, bytes.toString('base64'))
    .replace('<rim:Slot name="creationTime">', `${slotsOf(bytes)}$&`);
  return (filling.message ?? ((text) => text))(soap);
}

const DOCUMENT = /<xdsb:Document[^>]*>\s*([^<\s]*)\s*</;

const said = (name: string, address: string): string =>
  `<direct:${name}>mailto:${address}</direct:${name}>`;

const slotsOf = (bytes: Uint8Array): string =>
  Object.entries({ hash: createHash('sha1').update(bytes).digest('hex'), size: bytes.length })
    .map(
      ([name, value]) =>
        `<rim:Slot name="${name}"><rim:ValueList><rim:Value>${value}</rim:Value></rim:ValueList></rim:Slot>`,
    )
    .join('');

export type SoapForm = 'plain SOAP' | 'MTOM';

/** What is posted: its Content-Type and its body. */
export const posted = (soap: string, form: SoapForm): { type: string; body: Uint8Array } =>
  form === 'MTOM'
    ? { type: MTOM_TYPE, body: mtomBody(asMtom(soap)) }
    : { type: SOAP_TYPE, body: Buffer.from(soap) };

/** What came of posting a request: that it was taken, or our code, in a RegistryResponse or in a fault. */
export interface XdrSaid {
  readonly status: number | undefined;
  readonly contentType: string;
  readonly outcome: string;
  readonly as: 'RegistryResponse' | 'Fault' | 'neither';
}

/** Reads an answer with nothing but patterns: what is tested is what others see. */
export function saidBy(status: number | undefined, contentType: string, body: Uint8Array): XdrSaid {
  const text = Buffer.from(body).toString();
  const [, registered] = /ResponseStatusType:(Success|Failure)"/.exec(text) ?? [];
  const isFault = /<env:Fault>/.test(text);
  const [, refusal] = /codeContext="([a-z-]+\/[a-z-]+): /.exec(text) ?? [];
  const [, fault] = /<env:Text[^>]*>([a-z-]+\/[a-z-]+): /.exec(text) ?? [];
  return {
    status,
    contentType,
    outcome: (registered === 'Success' ? 'Success' : undefined) ?? refusal ?? fault ?? text,
    as: registered ? 'RegistryResponse' : isFault ? 'Fault' : 'neither',
  };
}
