import type { IncomingMessage } from 'node:http';
import { parseDirectAddress, type DirectAddress } from '../../../../shared/ids.ts';

/** Of the API's first version; after base64 of the attachments, before base64 of the request. */
const MESSAGE_LIMIT_BYTES = 10 * 1024 * 1024;
/** Base64 in a form: a third more, and three characters for some. */
const REQUEST_LIMIT_BYTES = 2 * MESSAGE_LIMIT_BYTES;
const DESTINATIONS_LIMIT = 50;

/** An error of the API: its code, its sentence, and its HTTP status. */
export class SesRefused extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, text: string, status = 400) {
    super(text);
    this.code = code;
    this.status = status;
  }
}

export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= REQUEST_LIMIT_BYTES) chunks.push(chunk);
  }
  if (size > REQUEST_LIMIT_BYTES) throw tooLong(size);
  return new URLSearchParams(Buffer.concat(chunks).toString('latin1'));
}

const tooLong = (bytes: number): SesRefused =>
  new SesRefused(
    'InvalidParameterValue',
    `Message length is more than ${MESSAGE_LIMIT_BYTES} bytes long: '${bytes}'.`,
  );

export interface RawEmail {
  readonly source: DirectAddress;
  readonly destinations: readonly DirectAddress[];
  /** By name; told with every event of the mail. */
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet?: string;
  /** As they were given, before SES changes the header. */
  readonly raw: Uint8Array;
}

/** @throws SesRefused */
export function emailIn(form: URLSearchParams): RawEmail {
  const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  if (raw.length === 0) throw new SesRefused('InvalidParameterValue', 'RawMessage.Data is empty.');
  if (raw.length > MESSAGE_LIMIT_BYTES) throw tooLong(raw.length);
  const destinations = [...form]
    .filter(([name]) => /^Destinations\.member\.\d+$/.test(name))
    .map(([, address]) => addressOf(address));
  if (destinations.length === 0 || destinations.length > DESTINATIONS_LIMIT) {
    throw new SesRefused('MessageRejected', `1 to ${DESTINATIONS_LIMIT} destinations are taken.`);
  }
  const configurationSet = form.get('ConfigurationSetName');
  return {
    raw,
    destinations,
    source: addressOf(form.get('Source') ?? ''),
    tags: tagsIn(form),
    ...(configurationSet && { configurationSet }),
  };
}

/** `Tags.member.1.Name` and `Tags.member.1.Value`, and so on. */
function tagsIn(form: URLSearchParams): Readonly<Record<string, string>> {
  const names = [...form].filter(([field]) => /^Tags\.member\.\d+\.Name$/.test(field));
  const tags = names.map(([field, name]) => {
    const value = form.get(field.replace(/Name$/, 'Value')) ?? '';
    if (TAG.test(name) && TAG.test(value)) return [name, value] as const;
    throw new SesRefused('InvalidParameterValue', 'A tag is none.');
  });
  return Object.fromEntries(tags);
}

const TAG = /^[\w-]{1,255}$/;

function addressOf(text: string): DirectAddress {
  const address = parseDirectAddress(text);
  if (!address.ok) throw new SesRefused('InvalidParameterValue', 'An address is none.');
  return address.value;
}
