import { describe, expect, test } from '@jest/globals';
import { FAILURES } from '../../shared/failures.ts';
import { addressKeyOf, type RequestId, type TransmissionId } from '../../shared/ids.ts';
import { failing } from '../../shared/transmission/failing.ts';
import type { TransmissionLine } from '../../shared/transmission/ledger.ts';
import { KIM, LEE, request } from '../contracts/stores/samples.ts';
import { atSecond } from '../support/histories.ts';

const REQUEST = request('req_1');
const at = (second: number): string => atSecond(second).toISOString();

const line = (
  second: number,
  code?: string,
  more: Partial<TransmissionLine> = {},
): TransmissionLine => ({
  id: `tx_${second}` as TransmissionId,
  requestId: 'req_1' as RequestId,
  address: LEE,
  createdAt: at(second),
  status: 'failed',
  ...(code === undefined ? {} : { code }),
  ...more,
});
const THREE = [3, 2, 1].map((second) => line(second, 'discover/no-certificate'));
const other = (second: number, status: string, code?: string) => line(second, code, { status });

const found = (lines: readonly TransmissionLine[], of = REQUEST) => failing(lines, of, 3);

describe('an address fails', () => {
  test('when its last three copies failed for good on the recipient’s side', () => {
    expect(found(THREE)).toEqual([addressKeyOf(LEE)]);
    expect(found(THREE.slice(1))).toEqual([]);
    expect(failing(THREE.slice(1), REQUEST, 2)).toEqual([addressKeyOf(LEE)]);
  });

  test('by what its probes came to: the copies behind them say nothing of it', () => {
    const behind = THREE.map((each) => ({ ...each, code: 'deliver/probe-failed' }));
    expect(found(behind)).toEqual([]);
    expect(found([...behind, ...THREE])).toEqual([addressKeyOf(LEE)]);
  });

  test('however it is written, whatever else went wrong before', () => {
    const lines = THREE.map((each) => ({ ...each, address: LEE.toUpperCase() }));
    expect(found([...lines, other(0, 'delivered')])).toEqual([addressKeyOf(LEE)]);
  });

  test('when copies that are on their way, or were stopped, lie between: they say nothing', () => {
    const between = [
      other(9, 'sent'),
      other(8, 'stopped', 'transmit-request/revoked'),
      other(7, 'waiting'),
    ];
    expect(found([...between, ...THREE])).toEqual([addressKeyOf(LEE)]);
  });
});

const begun = (since: { readonly resumedAt?: string; readonly addedAt?: string }) =>
  request('req_1', 0, {
    addresses: { [addressKeyOf(LEE)]: { address: LEE, status: 'active', ...since } },
  });

describe('an address does not fail', () => {
  test.each([
    ['one was delivered', other(9, 'delivered')],
    ['one failed for want of a record', line(9, 'record/none')],
    ['one failed because the relay could not take it', line(9, 'deliver/deferred')],
    ['one failed because nobody could tell', line(9, 'discover/unreachable')],
  ])('when of its last three %s', (_, newest) => {
    expect(found([newest, ...THREE.slice(0, 2)])).toEqual([]);
    expect(found([newest, ...THREE])).toEqual([]);
  });

  test('by copies to others, or under another request', () => {
    expect(found(THREE.map((each) => ({ ...each, requestId: 'req_2' as RequestId })))).toEqual([]);
    const [one, ...rest] = THREE.map((each) => ({ ...each, address: KIM }));
    expect(found([one!, ...rest])).toEqual([addressKeyOf(KIM)]);
    expect(found([one!, ...THREE.slice(1)])).toEqual([]);
  });

  test.each(['resumedAt', 'addedAt'])(
    'by copies that were opened before it began anew: %s',
    (when) => {
      expect(found(THREE, begun({ [when]: at(0.999) }))).toEqual([addressKeyOf(LEE)]);
      expect(found(THREE, begun({ [when]: at(1) }))).toEqual([]);
      expect(found(THREE, begun({ resumedAt: at(0), addedAt: at(0), [when]: at(1) }))).toEqual([]);
    },
  );

  test.each(['paused', 'revoked'] as const)('when it is %s already', (status) => {
    const stopped = request('req_1', 0, {
      addresses: { [addressKeyOf(LEE)]: { address: LEE, status } },
    });
    expect(found(THREE, stopped)).toEqual([]);
  });
});

test('which ends are the recipient’s: of discovery, trust and notification those that stay, and four of delivery', () => {
  const theirs = Object.keys(FAILURES).filter(
    (code) => found([3, 2, 1].map((second) => line(second, code))).length > 0,
  );
  expect(theirs.filter((code) => code.startsWith('deliver/')).sort()).toEqual([
    'deliver/bad-mailbox',
    'deliver/bounced',
    'deliver/mailbox-full',
    'deliver/suppressed',
  ]);
  expect(new Set(theirs.map((code) => code.split('/')[0]))).toEqual(
    new Set(['discover', 'trust', 'deliver', 'notification']),
  );
  expect(theirs).toEqual(
    expect.arrayContaining([
      'trust/expired',
      'notification/not-processed',
      'discover/no-certificate',
    ]),
  );
  expect(theirs).not.toContain('discover/unreachable');
  expect(found([3, 2, 1].map((second) => line(second, 'trust/of-another-version')))).toEqual([]);
});
