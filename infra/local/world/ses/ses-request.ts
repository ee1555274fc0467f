import type { IncomingMessage } from 'node:http';
import { parseDirectAddress, type DirectAddress } from '../../../../shared/ids.ts';

/** Of the API's first version; after base64 of the attachments, before base64 of the request. */
const MESSAGE_LIMIT_BYTES = 10 * 1024 * 1024;
/** Base64 in a form: a third more, and three characters for some. */
const REQUEST_LIMIT_BYTES = 2 * MESSAGE_LIMIT_BYTES;
const DESTINATIONS_LIMIT = 50;

/** An error of the API: its code, and its sentence. */
export class SesRefused extends Error {
  readonly code: string;

  constructor(code: string, text: string) {
    super(text);
    this.code = code;
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
  /** As they were given, before SES changes the header. */
  readonly raw: Uint8Array;
}

/** @throws SesRefused */
export function emailIn(form: URLSearchParams): RawEmail {
  if (form.get('Action') !== 'SendRawEmail') {
    throw new SesRefused('InvalidAction', 'Only SendRawEmail is here.');
  }
  const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  if (raw.length === 0) throw new SesRefused('InvalidParameterValue', 'RawMessage.Data is empty.');
  if (raw.length > MESSAGE_LIMIT_BYTES) throw tooLong(raw.length);
  const destinations = [...form]
    .filter(([name]) => /^Destinations\.member\.\d+$/.test(name))
    .map(([, address]) => addressOf(address));
  if (destinations.length === 0 || destinations.length > DESTINATIONS_LIMIT) {
    throw new SesRefused('MessageRejected', `1 to ${DESTINATIONS_LIMIT} destinations are taken.`);
  }
  return { raw, destinations, source: addressOf(form.get('Source') ?? '') };
}

function addressOf(text: string): DirectAddress {
  const address = parseDirectAddress(text);
  if (!address.ok) throw new SesRefused('InvalidParameterValue', 'An address is none.');
  return address.value;
}
