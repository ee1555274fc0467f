import { describe, expect, test } from '@jest/globals';
import { apiContract } from '../support/api/contract.ts';

const contract = apiContract();
const HEALTH = 'GET /v1/health';
const JSON_TYPE = { 'content-type': 'application/json' };
const GOOD = { status: 200, headers: JSON_TYPE, body: { status: 'ok' } };

describe('an answer', () => {
  test('that is as it is told has no fault', () => {
    expect(contract.faultsOf(HEALTH, GOOD)).toEqual([]);
  });

  test.each([
    ['of a status that is not told', { ...GOOD, status: 418 }],
    ['with a member that is not told', { ...GOOD, body: { status: 'ok', since: 'ever' } }],
    ['without one that is', { ...GOOD, body: {} }],
    ['of another media type', { ...GOOD, headers: { 'content-type': 'text/html' } }],
    ['without a body', { ...GOOD, headers: {}, body: undefined }],
    ['that is a problem without its members', problem({})],
    ['with a code that the operation does not tell', problem({ code: 'trust/expired' })],
  ])('%s has one', (_, given) => {
    expect(contract.faultsOf(HEALTH, given)).toHaveLength(1);
  });

  test('is held to its headers too', () => {
    const headers = { ...JSON_TYPE, 'idempotency-replayed': 'perhaps' };
    const body = { id: 'whk_a' };
    const faults = contract.faultsOf('POST /v1/webhooks', { status: 201, headers, body });
    expect(faults.some((each) => each.includes('idempotency-replayed'))).toBe(true);
  });
});

function problem(more: object) {
  const body = { type: 't', title: 't', status: 503, detail: 'd', remedy: 'r', requestId: 'i' };
  return {
    status: 503,
    headers: { 'content-type': 'application/problem+json' },
    body: { ...body, ...more },
  };
}
