import { describe, expect, test } from '@jest/globals';
import { requestItem } from '../../../shared/adapters/dynamo/transmit-requests.ts';
import type { Actor } from '../../../shared/consent/consent.ts';
import { addressKeyOf, type ConsentId, type DirectAddress } from '../../../shared/ids.ts';
import { amended, type Amending } from '../../../shared/transmit-request/amend/amended.ts';
import { mayWiden } from '../../../shared/transmit-request/amend/evidence.ts';
import type { Terms } from '../../../shared/transmit-request/amend/terms.ts';
import { revoked } from '../../../shared/transmit-request/revoke.ts';
import { addressPaused } from '../../../shared/transmit-request/standing/address.ts';
import { goneOn, resumed } from '../../../shared/transmit-request/standing/resume.ts';
import type { TransmitRequest } from '../../../shared/transmit-request/transmit-request.ts';
import { asked, on, SETTINGS, value } from '../standing/samples.ts';

const NOW = on('2026-12-01T12:00:00.000Z');
const FAILING = 'transmit-request/address-failing';
const UNTIL = '2030-12-01T12:00:00.000Z';
/** Signs of three bytes, as many as a name may have. */
const NAME = '李'.repeat(200);

/** As long as an address can be. */
const longest = (name: string): DirectAddress => {
  const labels = ['a', 'b', 'c'].map((each) => each.repeat(62)).join('.');
  return `${name}${'x'.repeat(64 - name.length)}@${labels}` as DirectAddress;
};

const ten = (round: number): readonly DirectAddress[] =>
  Array.from({ length: 10 }, (_, n) => longest(`r${round}.${n}.`));

const ACTOR: Actor = {
  kind: 'representative',
  subject: 's'.repeat(255),
  authority: { relationship: 'r'.repeat(100), until: UNTIL },
};

const amending: Amending = {
  right: {
    actor: ACTOR,
    authorityEndsAt: UNTIL,
    onBehalf: { method: 'written', identityCheck: 'id-document', witness: NAME, at: UNTIL },
  },
  signatureName: NAME,
  sendNow: true,
  settings: SETTINGS,
  now: NOW,
};

const consent = { id: `con_${'a'.repeat(26)}` as ConsentId, language: 'en' as const };
/** All that settings can offer. */
const KINDS = Array.from({ length: 60 }, (_, n) => `x-${n}${'k'.repeat(60)}`);

const termsAt = (round: number, until = UNTIL): Terms => ({
  addresses: ten(round),
  frequency: 'on-update',
  triggers: KINDS,
  until,
  clientReference: 'a'.repeat(200),
});

const short = (round: number, until = UNTIL): Terms => ({
  addresses: [`dr.${round}@direct.clinic.example` as DirectAddress],
  frequency: 'on-update',
  until,
});

/** Other addresses each time, as often as that may be, and in between an earlier end. */
function changedAgainAndAgain(termsOf: typeof termsAt): TransmitRequest {
  let request = asked();
  for (let round = 0; mayWiden(request).ok; round += 1) {
    request = amended(request, termsOf(round), { ...amending, consent });
    request = amended(request, termsOf(round, NOW.toISOString()), amending);
  }
  return request;
}

const pausedAndResumed = (request: TransmitRequest): TransmitRequest =>
  Array.from({ length: 60 }).reduce<TransmitRequest>((each) => {
    const paused = addressPaused(each, addressKeyOf(activeOf(each)), FAILING, NOW, 60);
    return goneOn(value(resumed(paused, NOW, SETTINGS)), amending.right, NOW);
  }, request);

const activeOf = ({ addresses }: TransmitRequest): DirectAddress =>
  Object.values(addresses).find(({ status }) => status === 'active')!.address;

/** As JSON it is larger than as the table counts it. */
const sizeOf = (request: TransmitRequest): number =>
  Buffer.byteLength(JSON.stringify(requestItem(request)));

/** Of DynamoDB. */
const LARGEST_ITEM = 400 * 1024;

describe('a request that is changed and let go on as often as it may be', () => {
  test('can still be stopped: all of it fits in an item, be every name as long as it can be', () => {
    const request = pausedAndResumed(changedAgainAndAgain(termsAt));
    expect(request.resumptions).toHaveLength(20);
    expect(sizeOf(value(revoked(request, NOW)))).toBeLessThan(LARGEST_ITEM);
  });

  test('keeps every change that asked for more, and of the others the last', () => {
    const { amendments = [] } = changedAgainAndAgain(short);
    const narrows = amendments.map((each) => each.narrows === true);
    expect([amendments.length, narrows.filter(Boolean).length]).toEqual([50, 25]);
    expect(narrows.at(-1)).toBe(true);
  });
});
