import type * as z from 'zod';

/**
 * One operation of the HTTP API, as its OpenAPI description tells it; `schema.ts` of its function has one for each route.
 * A schema with an id (`.meta({ id })`) is told once, and referred to.
 */
export interface Operation {
  /** In camelCase, like a function of a client: `createTransmitRequest`. */
  readonly id: string;
  /** One sentence. */
  readonly summary: string;
  readonly query?: z.ZodObject;
  /** Names in lower case; Authorization, Idempotency-Key, If-Match and Accept-Language follow from the route. */
  readonly headers?: z.ZodObject;
  /** By media type. */
  readonly body?: Readonly<Record<string, Content>>;
  /** A call may do without one. */
  readonly isBodyOptional?: true;
  /** By status. Problems need not be told: those that every route has follow from the route, others are `refusals`. */
  readonly answers: Readonly<Record<number, OperationAnswer>>;
  /** Codes of failures that are this operation's own. */
  readonly refusals?: readonly string[];
}

export interface OperationAnswer {
  readonly summary: string;
  /** By media type; absent: no content. */
  readonly content?: Readonly<Record<string, Content>>;
  /** Names in lower case. */
  readonly headers?: readonly string[];
}

export interface Content {
  /** Absent: bytes. */
  readonly schema?: z.ZodType;
  /** Of the schema; text where there is none. */
  readonly example: unknown;
}

/** By `METHOD /path`, as in `route.ts`. */
export type Operations = Readonly<Record<string, Operation>>;
