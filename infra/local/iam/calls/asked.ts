import type { IncomingHttpHeaders } from 'node:http';
import type { Call } from '../statement.ts';

/** A request to a service of AWS, as far as it says what is wanted. */
export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Empty where what is wanted stands in the URL. */
  readonly body: string;
}

/** All that a request does, each with the resource that it does it to. What is not known here is a call that nobody may make. */
export type ReadCalls = (asked: Asked) => readonly Call[];

/** The operation of a JSON protocol: `DynamoDB_20120810.PutItem` > `PutItem`. */
export const operationOf = ({ headers }: Asked): string =>
  String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1) ?? '';

/** What every call says; the local system has no TLS, and nothing that has it on AWS shall fail here for that. */
export const COMMON_CONTEXT = { 'aws:SecureTransport': ['true'], 's3:TlsVersion': ['1.3'] };
