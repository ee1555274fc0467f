import { expect, test } from '@jest/globals';
import { relayUrlTo, waysByHisp } from '../shared/relay-way.ts';
import { address } from './support/memory/partner.ts';

const OURS = 'smtps://relay.example';
const routes = {
  'clinic.example': 'hisp+xdr://hisp.example/xdr',
  'near.example': 'HISP+SMTPS://hisp.example',
  'far.example': 'ses:',
};

test.each([
  ['a@clinic.example', 'hisp+xdr://hisp.example/xdr', true],
  ['a@CLINIC.example', 'hisp+xdr://hisp.example/xdr', true],
  ['a@near.example', 'HISP+SMTPS://hisp.example', true],
  ['a@far.example', 'ses:', false],
  ['a@east.clinic.example', OURS, false],
  ['a@constructor.example', OURS, false],
])('copies to %s go by %s', (to, url, byHisp) => {
  expect(relayUrlTo(address(to), OURS, { routes })).toBe(url);
  expect(waysByHisp(OURS, { routes })(address(to))).toBe(byHisp);
});

test('a HISP may have the way of all that have none of their own', () => {
  const byHisp = waysByHisp('hisp+smtps://hisp.example', { routes });
  expect([byHisp(address('a@any.example')), byHisp(address('a@far.example'))]).toEqual([
    true,
    false,
  ]);
});
