/** Dollars each, without free tiers and discounts. */
export interface Prices {
  readonly writeUnit: number;
  readonly readUnit: number;
  readonly lambdaGigabyteSecond: number;
  readonly lambdaCall: number;
  readonly sesMessage: number;
  readonly sesGigabyte: number;
  readonly outwardGigabyte: number;
  readonly queueRequest: number;
  readonly bucketPut: number;
  readonly bucketGet: number;
  readonly keyRequest: number;
  readonly logGigabyte: number;
  readonly busEvent: number;
  readonly apiCall: number;
  readonly keyMonth: number;
  readonly secretMonth: number;
  readonly alarmMonth: number;
  readonly dashboardMonth: number;
}

/**
 * List prices of us-east-1 as they were noted in November 2026. The first three were found in a second source; all others
 * were not verified (docs/cost.md).
 */
export const PRICES: Prices = {
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  lambdaGigabyteSecond: 0.0000133334,
  lambdaCall: 0.2 / 1e6,
  sesMessage: 0.1 / 1000,
  sesGigabyte: 0.12,
  outwardGigabyte: 0.09,
  queueRequest: 0.4 / 1e6,
  bucketPut: 0.005 / 1000,
  bucketGet: 0.0004 / 1000,
  keyRequest: 0.03 / 10_000,
  logGigabyte: 0.5,
  busEvent: 1 / 1e6,
  apiCall: 1 / 1e6,
  keyMonth: 1,
  secretMonth: 0.4,
  alarmMonth: 0.1,
  dashboardMonth: 3,
};
