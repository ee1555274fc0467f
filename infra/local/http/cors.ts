import * as z from 'zod';
import type { Answer } from './answer.ts';

export const Cors = z.object({
  AllowOrigins: z.array(z.string()).default([]),
  AllowMethods: z.array(z.string()).default([]),
  AllowHeaders: z.array(z.string()).default([]),
  ExposeHeaders: z.array(z.string()).default([]),
  MaxAge: z.number().optional(),
  AllowCredentials: z.boolean().default(false),
});

export type Cors = z.output<typeof Cors>;

type Headers = Record<string, string>;

/** What the gateway adds to an answer for an allowed origin; nothing for others. */
export function corsHeaders(cors: Cors, origin: string | undefined): Headers {
  const allowed = cors.AllowOrigins.includes('*') ? '*' : origin;
  if (!origin || (allowed !== '*' && !cors.AllowOrigins.includes(origin))) return {};
  return {
    'access-control-allow-origin': allowed ?? origin,
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.ExposeHeaders.length > 0 && {
      'access-control-expose-headers': cors.ExposeHeaders.join(','),
    }),
  };
}

/** The gateway answers a preflight itself: no function sees it. */
export const preflightAnswer = (cors: Cors, origin: string | undefined): Answer => {
  const allowed = corsHeaders(cors, origin);
  return {
    statusCode: 204,
    body: Buffer.alloc(0),
    cookies: [],
    headers:
      Object.keys(allowed).length === 0
        ? {}
        : {
            ...allowed,
            'access-control-allow-methods': cors.AllowMethods.join(','),
            'access-control-allow-headers': cors.AllowHeaders.join(','),
            ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
          },
  };
};
