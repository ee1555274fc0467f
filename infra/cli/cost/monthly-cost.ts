import { ONE_COPY, wireMegabytes } from './one-copy.ts';
import type { Prices } from './prices.ts';

export interface Month {
  readonly copies: number;
  readonly zipMegabytes: number;
  readonly relay: 'ses' | 'smtp';
}

export interface CostLine {
  readonly what: string;
  readonly dollars: number;
}

/** What the copies of a month cost, by service. What costs without any copy is in docs/cost.md. */
export function monthlyCost(month: Month, prices: Prices): readonly CostLine[] {
  const { copies } = month;
  const each = ONE_COPY;
  const perCopy: Readonly<Record<string, number>> = {
    ...mail(month, prices),
    DynamoDB:
      (each.writeUnits + each.scratchUnits) * prices.writeUnit + each.readUnits * prices.readUnit,
    Lambda: each.gigabyteSeconds * prices.lambdaGigabyteSecond + each.calls * prices.lambdaCall,
    'SQS, S3, KMS':
      each.queueRequests * prices.queueRequest +
      each.bucketPuts * prices.bucketPut +
      each.bucketGets * prices.bucketGet +
      each.keyRequests * prices.keyRequest,
    'API, EventBridge, logs':
      each.apiCalls * prices.apiCall +
      each.busEvents * prices.busEvent +
      (each.logKilobytes / 1024 / 1024) * prices.logGigabyte,
  };
  return Object.entries(perCopy).map(([what, dollars]) => ({ what, dollars: copies * dollars }));
}

/** A relay of one's own has a price of its own, which is not here. */
function mail({ zipMegabytes, relay }: Month, prices: Prices): Record<string, number> {
  const gigabytes = wireMegabytes(zipMegabytes) / 1024;
  return relay === 'ses'
    ? {
        'Mail (SES)': (1 + ONE_COPY.mailsIn) * prices.sesMessage + gigabytes * prices.sesGigabyte,
      }
    : { 'Mail (traffic to the relay)': gigabytes * prices.outwardGigabyte };
}

export const totalOf = (lines: readonly CostLine[]): number =>
  lines.reduce((sum, { dollars }) => sum + dollars, 0);
