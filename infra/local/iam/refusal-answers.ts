import { randomUUID } from 'node:crypto';
import { escapeXml } from '../../../shared/package/xml.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer of a service that refuses: its code is what the SDK names the error after. */
export type Refuse = (status: number, code: string, message: string) => Answer;

const json =
  (version: '1.0' | '1.1'): Refuse =>
  (status, code, message) => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${version}` },
    body: JSON.stringify({ __type: `com.amazon.coral.service#${code}`, message }),
  });

/** SQS was a service of forms, and clients of that time know its errors by the names of then. */
const sqs: Refuse = (status, code, message) => {
  const answer = json('1.0')(status, code, message);
  const old = code.replace(/Exception$/, '');
  return { ...answer, headers: { ...answer.headers, 'x-amzn-query-error': `${old};Sender` } };
};

const s3: Refuse = (status, code, message) => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<Error><Code>${code.replace(/Exception$/, '')}</Code><Message>${escapeXml(message)}</Message></Error>`,
});

const ses: Refuse = (status, code, message) => ({
  status,
  headers: { 'content-type': 'text/xml' },
  body:
    `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type>` +
    `<Code>${code.replace(/Exception$/, '')}</Code><Message>${escapeXml(message)}</Message></Error>` +
    `<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
});

/** By the name that a service signs under. */
export const REFUSE = {
  dynamodb: json('1.0'),
  events: json('1.1'),
  kms: json('1.1'),
  s3,
  secretsmanager: json('1.1'),
  ses,
  sqs,
} as const;

export type ServiceName = keyof typeof REFUSE;

/** How each says that somebody may not. */
export const accessDenied = (service: ServiceName, message: string): Answer =>
  REFUSE[service](/^(s3|ses|sqs)$/.test(service) ? 403 : 400, 'AccessDeniedException', message);
