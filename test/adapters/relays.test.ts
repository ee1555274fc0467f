import { expect, test } from '@jest/globals';
import { relayAt, type RelayPorts } from '../../shared/adapters/relays.ts';
import { jsonLog } from '../../shared/log.ts';
import { Settings } from '../../shared/settings.ts';
import { memoryMetrics } from '../support/memory/metrics.ts';

const LIMIT = { maxMessageBytes: 1000 };
const SETTINGS = { ...LIMIT, stage: 'test', relay: Settings.shape.relay.parse({}) };
const PORTS: RelayPorts = {
  credentials: async () => [],
  log: jsonLog(() => undefined, 'test'),
  metrics: memoryMetrics(),
};

test.each(['smtp://relay.example', 'SMTPS://relay.example:465'])(
  'there is a relay for %s',
  (url) => {
    expect(relayAt(url, SETTINGS, PORTS)).toMatchObject({ submit: expect.any(Function), ...LIMIT });
  },
);

test.each([
  ['smtps://relay.example', 'sealed'],
  ['hisp+smtps://hisp.example', 'clear'],
  ['hisp+smtp://hisp.example', 'clear'],
  ['HISP+XDR://hisp.example/xdr', 'xdr'],
])('what is given to %s is %s', (url, form) => {
  expect(relayAt(url, SETTINGS, PORTS)).toMatchObject({ form, ...LIMIT });
});

test.each([
  ['ldap:', 'scheme "ldap"; there is one for smtp, smtps'],
  ['constructor://secret@relay', 'scheme "constructor"; there is one'],
  ['secret words', 'scheme ""; there is one'],
])('there is none for %s, and the error says what there is', (url, says) => {
  expect(() => relayAt(url, SETTINGS, PORTS)).toThrow(says);
  expect(() => relayAt(url, SETTINGS, PORTS)).not.toThrow('secret');
});
