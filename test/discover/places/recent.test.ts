import { describe, expect, test } from '@jest/globals';
import { recentAddresses } from '../../../shared/discover/places/recent.ts';
import type { RequestId, TransmissionId } from '../../../shared/ids.ts';
import type { TransmissionLine } from '../../../shared/transmission/ledger.ts';
import { KIM, LEE, request } from '../../contracts/stores/samples.ts';

const line = (second: number, more: Partial<TransmissionLine>): TransmissionLine => ({
  id: `tx_${second}` as TransmissionId,
  requestId: 'req_1' as RequestId,
  address: LEE,
  createdAt: `2026-11-22T12:00:0${second}.000Z`,
  status: 'delivered',
  ...more,
});

const latestOf = (...lines: readonly TransmissionLine[]) =>
  recentAddresses([request('req_1')], lines).find(({ address }) => address === LEE)?.last;

describe('of a recent address', () => {
  test('the latest copy counts, and why it failed', () => {
    const failed = line(2, { status: 'failed', code: 'trust/expired' });
    expect(latestOf(failed, line(1, {}))).toEqual({
      status: 'failed',
      code: 'trust/expired',
      at: failed.createdAt,
    });
    expect(latestOf(line(3, {}), failed)).toEqual({
      status: 'delivered',
      at: line(3, {}).createdAt,
    });
  });

  test('a message without health data is no copy', () => {
    expect(latestOf(line(2, { isProbe: true, status: 'failed' }), line(1, {}))?.status).toBe(
      'delivered',
    );
  });

  test('a copy to another address says nothing, and one to the same in capitals does', () => {
    expect(latestOf(line(1, { address: KIM }))).toBeUndefined();
    expect(latestOf(line(1, { address: LEE.toUpperCase() }))?.status).toBe('delivered');
  });

  test('each is named once, those of the latest request first', () => {
    const only = {
      ...request('req_2'),
      addresses: { one: { address: KIM, status: 'revoked' as const } },
    };
    expect(recentAddresses([only, request('req_1')], []).map(({ address }) => address)).toEqual([
      KIM,
      LEE,
    ]);
  });
});
