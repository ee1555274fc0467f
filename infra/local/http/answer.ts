import * as z from 'zod';
import { GATEWAY_ANSWERS, type GatewayStatus } from '../../../shared/gateway-answers.ts';

/** What goes back to the client. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** One of the gateway's own fixed answers. */
export const gatewayAnswer = (statusCode: GatewayStatus): Answer =>
  jsonAnswer(statusCode, JSON.stringify({ message: GATEWAY_ANSWERS[statusCode].message }));

const jsonAnswer = (statusCode: number, text: string): Answer => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  body: Buffer.from(text),
});

const Shaped = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/**
 * Reads a function's answer, payload format 2.0: with a status code it is an answer, anything else is a JSON body
 * of 200. An answer that is malformed is the gateway's 500.
 */
export function answerOf(result: unknown): Answer {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    if (result === null || result === undefined) return gatewayAnswer(500);
    const body = typeof result === 'string' ? result : JSON.stringify(result);
    return jsonAnswer(200, body);
  }
  const parsed = Shaped.safeParse(result);
  if (!parsed.success) return gatewayAnswer(500);
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...Object.fromEntries(texts) },
    cookies,
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
