import { ruleOf } from '../failures.ts';
import type { Refused } from '../outcome.ts';
import { certificateIn } from '../x509.ts';
import type { Directory } from './directory.ts';
import type { Discovery, Look } from './discovery.ts';
import type { Fetch } from './fetch.ts';
import type { Ldap } from './ldap.ts';
import type { Trace } from './trace.ts';

/** One search for the certificates of one address: where it may ask, and when it has to end. */
export interface Search {
  readonly directory: Directory;
  readonly ldap?: Ldap;
  readonly fetch?: Fetch;
  readonly trace: Trace;
  readonly within: AbortSignal;
}

/** What a stage knows when it did not fail. */
export interface StageAnswer {
  /** Absent when nothing is published there. */
  readonly discovery?: Discovery;
  /** How long that may be believed. */
  readonly ttlSeconds: number;
}

/** Longer than the zone says, so that the lost are not looked for at each glance; and not long, so that they are found. */
const ABSENT_SECONDS = { least: 300, most: 900 };

/** Nothing is published at a stage, and whoever said so gave it a time to live. */
export const absent = (ttlSeconds: number = ABSENT_SECONDS.most): StageAnswer => ({
  ttlSeconds: Math.min(Math.max(ttlSeconds, ABSENT_SECONDS.least), ABSENT_SECONDS.most),
});

export const isCertificate = (bytes: Uint8Array): boolean => certificateIn(bytes) !== undefined;

/** What a look says of the values that came. */
export function saidOf(values: readonly Uint8Array[]): Pick<Look, 'found' | 'code'> {
  const found = values.length;
  if (found === 0) return { found, code: 'discover/no-certificate' };
  return values.some(isCertificate) ? { found } : { found, code: 'discover/bad-certificate' };
}

/** Of several refusals the one to tell: one that may pass by itself leaves open what the others settle. */
export const foremost = (refusals: readonly Refused[]): Refused | undefined =>
  refusals.find(({ failure }) => ruleOf(failure.code).retry) ?? refusals[0];

/** Each once, in order. */
export const distinct = (values: readonly Uint8Array[]): readonly Uint8Array[] => [
  ...new Map(values.map((value) => [Buffer.from(value).toString('base64'), value])).values(),
];
