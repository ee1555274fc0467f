import { afterEach, describe, expect, test } from '@jest/globals';
import type { Envelope, Relay } from '../../shared/deliver/relay.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import type { RelayBehaviour } from '../support/memory/relay.ts';

/** What a relay can be seen to do from outside; that a worker dies is no doing of a relay. */
export type RelayDoes = Exclude<RelayBehaviour, 'dies-after-taking'>;

export interface RelayUnderTest {
  readonly relay: Relay;
  readonly taken: readonly Envelope[];
  readonly close: () => Promise<void>;
}

/** From and to are as the envelope wants them; the bytes have what transports like to spoil. */
export const ENVELOPE: Envelope = {
  from: 'records@holder.example' as DirectAddress,
  to: 'Dr.Berg@clinic.example' as DirectAddress,
  bytes: Buffer.from(
    ['From: x', '', '.', '..two', '.one', ' \ttrailing \t', 'long'.repeat(200), '', ''].join(
      '\r\n',
    ),
  ),
};

const ANSWERS = [
  ['deliver/refused', 'refuses'],
  ['deliver/deferred', 'defers'],
  ['deliver/unreachable', 'is-unreachable'],
  ['deliver/not-authorized', 'rejects-credentials'],
  ['deliver/unanswered', 'takes-without-answer'],
] as const;

/** What every relay promises, whatever carries the message. */
export function relayContract(
  name: string,
  open: (behaviour: RelayDoes) => Promise<RelayUnderTest>,
): void {
  describe(`${name} is a relay`, () => {
    const opened: RelayUnderTest[] = [];
    const start = async (behaviour: RelayDoes): Promise<RelayUnderTest> => {
      const started = await open(behaviour);
      opened.push(started);
      return started;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((each) => each.close()));
    });

    test('hands over one message, byte for byte, under its own envelope', async () => {
      const { relay, taken } = await start('takes');
      const submitted = await relay.submit(ENVELOPE);

      expect(submitted.ok).toBe(true);
      expect(taken.map(({ from, to }) => [from, to])).toEqual([[ENVELOPE.from, ENVELOPE.to]]);
      expect(Buffer.from(taken[0]?.bytes ?? [])).toEqual(ENVELOPE.bytes);
    });

    test('answers with a short receipt that names nobody', async () => {
      const { relay } = await start('takes');
      const submitted = await relay.submit(ENVELOPE);
      const receipt = submitted.ok ? submitted.value.receipt : '';

      expect(receipt).toMatch(/^[\x20-\x7e]{1,200}$/);
      expect(receipt).not.toMatch(/@|berg|holder\.example/i);
    });

    test('takes a second message after the first', async () => {
      const { relay, taken } = await start('takes');
      await relay.submit(ENVELOPE);
      await relay.submit({ ...ENVELOPE, to: 'other@clinic.example' as DirectAddress });
      expect(taken.map(({ to }) => to)).toEqual([ENVELOPE.to, 'other@clinic.example']);
    });

    test.each(ANSWERS)('%s: a relay that %s', async (code, behaviour) => {
      const { relay, taken } = await start(behaviour);
      const submitted = await relay.submit(ENVELOPE);

      expect(submitted).toMatchObject({ ok: false, failure: { code } });
      expect(JSON.stringify(submitted)).not.toMatch(/@|berg|holder\.example/i);
      expect(taken).toHaveLength(behaviour === 'takes-without-answer' ? 1 : 0);
    });
  });
}
