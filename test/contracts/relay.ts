import { afterEach, describe, expect, test } from '@jest/globals';
import type { Envelope, Relay } from '../../shared/deliver/relay.ts';
import type { DirectAddress } from '../../shared/ids.ts';
import type { RelayBehaviour } from '../support/memory/relay.ts';

/** What a relay can be seen to do from outside; that a worker dies is no doing of a relay. */
export type RelayDoes = Exclude<RelayBehaviour, 'dies-after-taking'>;

export interface RelayUnderTest {
  readonly relay: Relay;
  /** A copy in the relay's form; absent: bytes that any mail may have. */
  readonly copyTo?: (to: DirectAddress) => Envelope;
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

/** What names somebody. */
const NAMES = /@|berg|holder\.example|green\.example/i;

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

    const copyFor = ({ copyTo }: RelayUnderTest, to = ENVELOPE.to): Envelope =>
      copyTo?.(to) ?? { ...ENVELOPE, to };

    test('hands over one message, byte for byte, under its own envelope', async () => {
      const world = await start('takes');
      const copy = copyFor(world);
      const submitted = await world.relay.submit(copy);

      expect(submitted.ok).toBe(true);
      expect(world.taken.map(({ from, to }) => [from, to])).toEqual([[copy.from, copy.to]]);
      expect(Buffer.from(world.taken[0]?.bytes ?? [])).toEqual(Buffer.from(copy.bytes));
    });

    test('answers with a short receipt that names nobody', async () => {
      const world = await start('takes');
      const submitted = await world.relay.submit(copyFor(world));
      const receipt = submitted.ok ? submitted.value.receipt : '';

      expect(receipt).toMatch(/^[\x20-\x7e]{1,200}$/);
      expect(receipt).not.toMatch(NAMES);
    });

    test('takes a second message after the first', async () => {
      const world = await start('takes');
      await world.relay.submit(copyFor(world));
      await world.relay.submit(copyFor(world, 'other@clinic.example' as DirectAddress));
      expect(world.taken.map(({ to }) => to)).toEqual([ENVELOPE.to, 'other@clinic.example']);
    });

    test.each(ANSWERS)('%s: a relay that %s', async (code, behaviour) => {
      const world = await start(behaviour);
      const submitted = await world.relay.submit(copyFor(world));

      expect(submitted).toMatchObject({ ok: false, failure: { code } });
      expect(JSON.stringify(submitted)).not.toMatch(NAMES);
      expect(world.taken).toHaveLength(behaviour === 'takes-without-answer' ? 1 : 0);
    });
  });
}
