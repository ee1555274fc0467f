import { describe, expect, test } from '@jest/globals';
import { makeHandler } from '../../../lambdas/name-caller/handler.ts';
import { jsonLog } from '../../../shared/log.ts';

const SCOPES = {
  patient: ['request.read', 'request.write'],
  representative: ['request.read', 'request.write'],
  provider: ['request.read', 'request.write'],
  system: ['event.write'],
  admin: ['operate.write'],
};
const ASKED = ['openid', 'transmit/request.read', 'transmit/operate.write', 'transmit/event.write'];
const ATTRIBUTES = {
  sub: '6f1c',
  'custom:patient': 'ana',
  'custom:relationship': 'parent',
  'custom:authority_until': '2030-01-01',
};

const lines: string[] = [];
const log = jsonLog((line) => lines.push(line), 'name-caller');
const handler = makeHandler({ scopes: SCOPES, log });

const eventOf = (groups: readonly string[] | undefined, attributes: object = ATTRIBUTES) => ({
  version: '2',
  triggerSource: 'TokenGeneration_HostedAuth',
  userName: 'ana',
  request: {
    userAttributes: { ...attributes },
    ...(groups && { groupConfiguration: { groupsToOverride: groups } }),
    scopes: ASKED,
  },
  response: {},
});

async function named(groups: readonly string[] | undefined, attributes?: object) {
  const { response } = await handler(eventOf(groups, attributes));
  const { claimsToAddOrOverride: claims, scopesToSuppress } =
    response.claimsAndScopeOverrideDetails.accessTokenGeneration;
  return { claims, left: ASKED.filter((scope) => !scopesToSuppress.includes(scope)) };
}

const NOBODY = { claims: {}, left: ['openid'] };

describe('somebody of one group', () => {
  test('a patient is the one whom the staff wrote down', async () => {
    expect(await named(['patient'])).toEqual({
      claims: { kind: 'patient', patient: 'ana' },
      left: ['openid', 'transmit/request.read'],
    });
  });

  test('a representative has the patients, and by what authority until when', async () => {
    const attributes = { ...ATTRIBUTES, 'custom:patient': 'ana ben' };
    expect(await named(['representative'], attributes)).toEqual({
      claims: {
        kind: 'representative',
        patient: 'ana ben',
        relationship: 'parent',
        authority_until: '2030-01-01',
      },
      left: ['openid', 'transmit/request.read'],
    });
  });

  test('a provider is bound to the patient who is written down, or to none', async () => {
    expect((await named(['provider'])).claims).toEqual({ kind: 'provider', patient: 'ana' });
    expect((await named(['provider'], {})).claims).toEqual({ kind: 'provider' });
  });

  test('an operator is for no patient', async () => {
    expect(await named(['admin'])).toEqual({
      claims: { kind: 'admin' },
      left: ['openid', 'transmit/operate.write'],
    });
  });

  test('groups that are none of ours say nothing', async () => {
    expect((await named(['readers', 'patient'])).claims).toEqual({
      kind: 'patient',
      patient: 'ana',
    });
  });
});

describe('a client that shows its own secret', () => {
  test('is a system, whatever else the event has', async () => {
    const event = { ...eventOf(['admin']), triggerSource: 'TokenGeneration_ClientCredentials' };
    const { response } = await handler(event);
    expect(response.claimsAndScopeOverrideDetails.accessTokenGeneration).toEqual({
      claimsToAddOrOverride: { kind: 'system' },
      scopesToSuppress: ['transmit/request.read', 'transmit/operate.write'],
    });
  });

  test('is one also where the event has neither attributes nor groups nor scopes', async () => {
    const event = { triggerSource: 'TokenGeneration_ClientCredentials', request: {} };
    const { response } = await handler(event);
    expect(response.claimsAndScopeOverrideDetails.accessTokenGeneration).toEqual({
      claimsToAddOrOverride: { kind: 'system' },
      scopesToSuppress: [],
    });
  });
});

describe('nobody, without a scope of ours, is', () => {
  test.each([
    ['who is in no group', [], ATTRIBUTES],
    ['of whose groups nothing is said', undefined, ATTRIBUTES],
    ['who is in a group of another name', ['system', 'Patient'], ATTRIBUTES],
    ['who is in two', ['patient', 'provider'], ATTRIBUTES],
    ['a patient whom nobody has named', ['patient'], {}],
    ['a patient who is named blankly', ['patient'], { 'custom:patient': ' ' }],
    ['a representative of nobody', ['representative'], { 'custom:relationship': 'parent' }],
    ['a provider whose patient is blank', ['provider'], { 'custom:patient': '' }],
    [
      'a representative whose authority ends blankly',
      ['representative'],
      { ...ATTRIBUTES, 'custom:authority_until': ' ' },
    ],
    [
      'a representative by a blank relationship',
      ['representative'],
      { ...ATTRIBUTES, 'custom:relationship': '' },
    ],
  ])('%s', async (_, groups, attributes) => {
    expect(await named(groups, attributes)).toEqual(NOBODY);
  });

  test('and the log says that it happened, and not to whom', async () => {
    lines.length = 0;
    await named([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('caller-unnamed');
    expect(lines[0]).not.toMatch(/ana|6f1c/);
  });
});

test('the event comes back with all else that it had', async () => {
  const event = eventOf(['patient']);
  expect(await handler(event)).toMatchObject({ ...event, response: expect.anything() });
});
