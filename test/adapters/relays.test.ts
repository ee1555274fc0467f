import { expect, test } from '@jest/globals';
import { relayAt } from '../../shared/adapters/relays.ts';

const LIMIT = { maxMessageBytes: 1000 };

test.each(['smtp://relay.example', 'SMTPS://user:pass@relay.example:465'])(
  'there is a relay for %s',
  (url) => {
    expect(relayAt(url, LIMIT)).toMatchObject({ submit: expect.any(Function), ...LIMIT });
  },
);

test.each([
  ['ses:', 'scheme "ses"; there is one for smtp, smtps'],
  ['constructor://secret@relay', 'scheme "constructor"; there is one'],
  ['secret words', 'scheme ""; there is one'],
])('there is none for %s, and the error says what there is', (url, says) => {
  expect(() => relayAt(url, LIMIT)).toThrow(says);
  expect(() => relayAt(url, LIMIT)).not.toThrow('secret');
});
