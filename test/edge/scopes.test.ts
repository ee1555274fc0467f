import { describe, expect, test } from '@jest/globals';
import { mayCall, type Route } from '../../shared/edge/identity/access.ts';
import { scopesIn } from '../../shared/edge/identity/scopes.ts';
import { KINDS, type Kind } from '../../shared/kinds.ts';

const P = '/v1/patients/{patientId}';
const R = `${P}/transmit-requests`;

const route = (method: string, path: string, scope: string): Route => ({
  method,
  path,
  scopes: [scope],
  kinds: KINDS,
});

const may = (kind: Kind, words: string, asked: Route): boolean =>
  mayCall({ kind, subject: 's', patients: [], scopes: scopesIn(words.split(' '), kind) }, asked).ok;

const CREATE = route('POST', R, 'request.write');
const CHANGE = route('PATCH', `${R}/{requestId}`, 'request.write');
const REVOKE = route('POST', `${R}/{requestId}/revoke`, 'request.write');
const LIST = route('GET', R, 'request.read');
const CONSENT = route('POST', `${P}/consents`, 'consent.write');
const EVENTS = route('POST', '/v1/events', 'event.write');

describe('scopes', () => {
  test('of ours stand for all that they are for, with or without the prefix of a resource server', () => {
    for (const word of ['request.write', 'transmit/request.write']) {
      for (const asked of [CREATE, CHANGE, REVOKE]) expect(may('patient', word, asked)).toBe(true);
      expect(may('patient', word, LIST)).toBe(false);
    }
  });

  test.each([
    ['other/request.write'],
    ['transmit/transmit/request.write'],
    ['Request.write'],
    ['request.write '.repeat(2).trim().replace(' ', ',')],
    ['request.writer'],
    ['request'],
  ])('%s is none of them', (word) => {
    expect(may('patient', word, CREATE)).toBe(false);
  });

  test('of SMART stand for what their letters say', () => {
    expect(may('patient', 'patient/Subscription.c', CREATE)).toBe(true);
    expect(may('patient', 'patient/Subscription.c', CHANGE)).toBe(false);
    expect(may('patient', 'patient/Subscription.u', CHANGE)).toBe(true);
    expect(may('patient', 'patient/Subscription.d', REVOKE)).toBe(true);
    expect(may('patient', 'patient/Consent.c', CONSENT)).toBe(true);
    expect(may('patient', 'patient/Consent.c', CREATE)).toBe(false);
    for (const asked of [CREATE, CHANGE, REVOKE, LIST]) {
      expect(may('patient', 'patient/Subscription.cruds', asked)).toBe(true);
    }
  });

  test('of SMART add up, and reading takes both its letters', () => {
    expect(may('provider', 'user/Subscription.r', LIST)).toBe(false);
    expect(may('provider', 'user/Subscription.r user/Subscription.s', LIST)).toBe(true);
    expect(may('provider', 'user/Subscription.rs', LIST)).toBe(true);
  });

  test.each([
    ['patient', 'patient'],
    ['representative', 'patient'],
    ['provider', 'user'],
    ['system', 'system'],
  ] as const)('of SMART count for a %s only in the context %s', (kind, context) => {
    for (const each of ['patient', 'user', 'system']) {
      expect(may(kind, `${each}/Encounter.c`, EVENTS)).toBe(each === context);
    }
  });

  test('of SMART never make an operator', () => {
    for (const each of ['patient', 'user', 'system']) {
      expect(scopesIn([`${each}/Encounter.c`], 'admin')).toEqual([]);
    }
  });

  test.each([
    ['restricted to some', 'patient/Subscription.c?status=active'],
    ['of the first version', 'patient/Subscription.write'],
    ['of the first version, for all', 'patient/Subscription.*'],
    ['for every resource', 'patient/*.cruds'],
    ['in another order', 'patient/Subscription.duc'],
    ['with a letter twice', 'patient/Subscription.cc'],
    ['without letters', 'patient/Subscription.'],
    ['of another resource', 'patient/Observation.cruds'],
    ['in no context', 'Subscription.c'],
    ['in none of its contexts', 'transmit/Subscription.c'],
    ['as we write it inside', 'Subscription.cruds'],
  ])('of SMART grant nothing %s', (_, word) => {
    expect(scopesIn([word], 'patient')).toEqual([]);
    expect(may('patient', word, CREATE)).toBe(false);
  });

  test('have no alias for what SMART has no word for', () => {
    const merge = route('POST', `${P}/merge`, 'request.write');
    expect(may('patient', 'patient/Subscription.cruds', merge)).toBe(false);
    expect(may('patient', 'request.write', merge)).toBe(true);
  });
});
