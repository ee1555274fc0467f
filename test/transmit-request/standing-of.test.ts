import { describe, expect, test } from '@jest/globals';
import { addressKeyOf } from '../../shared/ids.ts';
import { standingOf } from '../../shared/transmit-request/standing-of.ts';
import type {
  RequestAddress,
  TransmitRequest,
} from '../../shared/transmit-request/transmit-request.ts';
import { KIM, LEE, request } from '../contracts/stores/samples.ts';
import { atSecond } from '../support/histories.ts';

const NOW = atSecond(100);
const at = (second: number): string => atSecond(second).toISOString();

const naming = (named: Partial<RequestAddress>): Pick<TransmitRequest, 'addresses'> => ({
  addresses: { [addressKeyOf(LEE)]: { address: LEE, status: 'active', ...named } },
});

const revokedAt = (second: number): Partial<TransmitRequest> => ({
  status: 'revoked',
  revokedAt: at(second),
  ...naming({ status: 'revoked', revokedAt: at(second) }),
});

const served = (second: number): Partial<TransmitRequest> => ({
  frequency: 'once',
  servedAt: at(second),
});

/** A request that no patient made. */
function attested(
  id: string,
  second: number,
  more: Partial<TransmitRequest> = {},
): TransmitRequest {
  const made = request(id, second, { ...served(second), ...more });
  const { consentId: _, ...directive } = made.directive;
  return { ...made, directive: { ...directive, basis: 'holder-attested' } };
}

const asked = (id: string) =>
  expect.objectContaining({ kind: 'asked', request: expect.objectContaining({ id }) });
const REVOKED = { kind: 'stopped', code: 'transmit-request/revoked' };
const PAUSED = { kind: 'stopped', code: 'transmit-request/paused' };
const SILENT = { kind: 'silent' };

describe('what the requests of a patient say of a recipient', () => {
  test.each<[string, unknown, readonly TransmitRequest[]]>([
    ['no request', SILENT, []],
    ['one for somebody else', SILENT, [request('a', 0, { addresses: {} })]],
    ['an active one', asked('a'), [request('a')]],
    ['of two active ones the newer', asked('b'), [request('b', 1), request('a')]],
    [
      'a standing one before a newer one for a single copy',
      asked('a'),
      [request('b', 1, { frequency: 'once' }), request('a')],
    ],
    ['one for a single copy', asked('a'), [request('a', 0, { frequency: 'once' })]],
    [
      'an active one beside one that is stopped',
      asked('a'),
      [request('b', 9, revokedAt(9)), request('a')],
    ],
    ['one for a single copy that was sent', SILENT, [request('a', 0, served(1))]],
    ['one whose end date is past', SILENT, [request('a', 0, { until: at(99) })]],
    ['one that is stopped', REVOKED, [request('a', 0, revokedAt(50))]],
    [
      'one of which this address is stopped',
      REVOKED,
      [request('a', 0, naming({ status: 'revoked', revokedAt: at(50) }))],
    ],
    ['one that is paused', PAUSED, [request('a', 0, { status: 'paused' })]],
    [
      'one that is stopped after another was asked for, to which the address was added since and whose end is past',
      SILENT,
      [
        request('b', 60, revokedAt(50)),
        request('a', 0, { ...naming({ addedAt: at(70) }), until: at(99) }),
      ],
    ],
    [
      'one of which this address is paused',
      PAUSED,
      [request('a', 0, naming({ status: 'paused' }))],
    ],
    [
      'a paused one whose end date is past',
      SILENT,
      [request('a', 0, { status: 'paused', until: at(99) })],
    ],
    [
      'one that is stopped, and a later one for a single copy that was sent',
      SILENT,
      [request('b', 60, served(61)), request('a', 0, revokedAt(50))],
    ],
    [
      'one that is stopped after another was sent',
      REVOKED,
      [request('b', 40, served(41)), request('a', 0, revokedAt(50))],
    ],
    ['one that was asserted and sent', SILENT, [attested('a', 0)]],
    ['one that was asserted, and stopped', REVOKED, [attested('a', 0, revokedAt(50))]],
    [
      'one that is stopped, and a later one that was asserted: that is no word of the patient',
      REVOKED,
      [attested('b', 60), request('a', 0, revokedAt(50))],
    ],
    [
      'one that was asserted, of which the address is paused: nobody would ever resume it',
      SILENT,
      [attested('a', 0, naming({ status: 'paused' }))],
    ],
  ])('%s', (_, expected, requests) => {
    expect(standingOf(LEE, requests, NOW)).toEqual(expected);
  });

  test('of each recipient by itself', () => {
    const requests = [request('a', 0, naming({})), request('b', 0, revokedAt(1))];
    expect(standingOf(KIM, requests, NOW)).toEqual(SILENT);
  });
});
