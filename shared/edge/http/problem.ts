import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ruleOf } from '../../failures.ts';
import type { Language } from '../../language.ts';
import type { Failure } from '../../outcome.ts';
import { saysOf } from '../../says-of.ts';
import type { Answer } from './call.ts';
import { challenge, type Challenging } from './challenge.ts';
import { REPLAYED } from './idempotency-key.ts';

/** Nothing here may lie in a cache: everything is about one patient or one moment. */
const ALWAYS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export function answered({
  status,
  replayed = false,
  headers,
  content,
  body,
  language,
}: Answer): APIGatewayProxyStructuredResultV2 {
  const type = content?.type ?? (body === undefined ? undefined : 'application/json');
  return {
    statusCode: status,
    headers: {
      ...ALWAYS,
      ...(type === undefined ? {} : { 'content-type': type }),
      ...(language === undefined ? {} : { 'content-language': language }),
      ...(replayed ? REPLAYED : {}),
      ...headers,
    },
    ...(content
      ? { body: Buffer.from(content.bytes).toString('base64'), isBase64Encoded: true }
      : { body: body === undefined ? '' : JSON.stringify(body) }),
  };
}

/** What a problem answers. */
export interface AskedFor extends Challenging {
  readonly requestId: string;
  readonly language: Language;
}

/**
 * A refusal as an RFC 9457 problem: its code, and the one sentence that the code has. `detail` of the failure is for
 * operators and stays inside; `errors` says where in the body, never what stood there.
 */
export function problem(
  failure: Failure,
  { requestId, language, ...challenging }: AskedFor,
): APIGatewayProxyStructuredResultV2 {
  const rule = ruleOf(failure.code);
  const body = {
    type: `/problems/${failure.code}`,
    title: failure.code.replaceAll(/[/-]/g, ' '),
    status: rule.status,
    detail: saysOf(failure.code, language),
    code: failure.code,
    remedy: rule.remedy,
    ...(failure.faults === undefined ? {} : { errors: failure.faults }),
    requestId,
  };
  return {
    statusCode: rule.status,
    headers: {
      ...ALWAYS,
      'content-type': 'application/problem+json',
      'content-language': language,
      ...challenge(failure.code, challenging),
      ...(rule.status === 503 ? { 'retry-after': '5' } : {}),
    },
    body: JSON.stringify(body),
  };
}
