import { beforeEach, describe, expect, test } from '@jest/globals';
import { resolved } from '../../shared/deliver/by-hand.ts';
import type { TransmissionId } from '../../shared/ids.ts';
import type { Fact } from '../../shared/transmission/facts.ts';
import type { History } from '../../shared/transmission/transmission.ts';
import { ANA } from '../lambdas/http-world.ts';
import { eventsAbout } from '../notification/relay-events.ts';
import { kinds, readyToShare, report, revoke, transmission } from '../support/one-record.ts';
import type { WholePath } from '../support/whole-path.ts';

/** What happens to a copy whose sender dies, by the moment at which it dies. Each row is one of the crash table. */

let path: WholePath;
let id: TransmissionId;

beforeEach(() => begin());

/** A copy is opened, and nobody has looked at it yet. */
async function begin(differing: Parameters<typeof readyToShare>[0] = {}): Promise<void> {
  path = await readyToShare(differing);
  const { send } = path.workers;
  path.workers.send = async () => ({ batchItemFailures: [] });
  await report(path);
  await path.settle();
  path.workers.send = send;
  ({ id } = await transmission(path));
}

const ring = async (): Promise<void> => {
  path.queues.send.push(id);
  await path.settle();
};
const status = async (): Promise<string> => (await transmission(path)).status;
const history = async () => {
  const read = await path.ports.ledger.read(id);
  if (!read.ok) throw new Error(read.failure.code);
  return read.value;
};
const factsOf = async <Kind extends Fact['kind']>(kind: Kind) =>
  (await history()).facts.filter(
    (fact): fact is Extract<Fact, { kind: Kind }> => fact.kind === kind,
  );
const times = async (kind: Fact['kind']): Promise<number> => (await factsOf(kind)).length;
const duplicates = (): number => path.metrics.of('DuplicateDoorbell').length;
const about = async () => eventsAbout(await history());

/** The queue gives the message back while the lease lasts, and the sweep looks when it is over. */
async function redelivered(): Promise<void> {
  await path.settle();
  path.queues.send.length = 0;
}

const notSent = (held: History) => resolved(held, { as: 'not-sent', attempt: 1 }, path.ports.now());

/** At this the next worker dies, before or after it. */
function dies<Port extends object>(port: Port, call: keyof Port, when: 'before' | 'after'): void {
  const working = port[call] as (...args: readonly unknown[]) => Promise<unknown>;
  port[call] = (async (...args: readonly unknown[]) => {
    port[call] = working as Port[typeof call];
    if (when === 'after') await working(...args);
    throw new Error('The worker died');
  }) as Port[typeof call];
}

describe('dies after the claim: certainly nothing was sent', () => {
  test.each(['before', 'after'] as const)(
    '%s the message is kept: it is claimed again and sent once',
    async (when) => {
      dies(path.messages, 'put', when);
      await ring();
      expect(path.queues.send).toEqual([id]);
      await redelivered();
      expect([duplicates(), await status(), await times('intent')]).toEqual([1, 'waiting', 0]);

      await path.sweepAt('2026-11-22T12:02:30Z');
      expect(path.relay.taken).toHaveLength(1);
      expect(kinds(await transmission(path))).toEqual(['requested', 'intent', 'accepted']);
      expect(await factsOf('intent')).toMatchObject([{ attempt: 2 }]);
      expect(path.metrics.of('UncertainCopy')).toEqual([]);
    },
  );

  test('transmit-request/revoked: meanwhile it was revoked, and nothing is ever sent', async () => {
    dies(path.messages, 'put', 'before');
    await ring();
    await redelivered();
    const { body } = await revoke(path);
    expect(body.inFlight).toEqual([]);
    await path.sweepAt('2026-11-22T12:02:30Z');
    expect(path.relay.taken).toEqual([]);
    expect(await transmission(path)).toMatchObject({
      status: 'stopped',
      code: 'transmit-request/revoked',
    });
  });
});

describe('dies after the intent: it may have been sent', () => {
  beforeEach(async () => {
    dies(path.relay, 'submit', 'before');
    await ring();
    await redelivered();
    await path.sweepAt('2026-11-22T12:02:31Z');
  });

  test('and becomes uncertain, once, while its grace lasts', async () => {
    expect([await status(), path.metrics.of('UncertainCopy')]).toEqual(['uncertain', [1]]);
    await path.sweepAt('2026-11-22T12:12:30Z');
    expect([await times('uncertain'), path.relay.taken.length]).toEqual([1, 0]);
  });

  test('then it is sent again: the same bytes, the same Message-ID, an ENVID of its own', async () => {
    await path.sweepAt('2026-11-22T12:12:31Z');
    const [first, second] = await factsOf('intent');
    expect(second).toMatchObject({
      attempt: 2,
      messageId: first?.messageId,
      messageSha256: first?.messageSha256,
    });
    const [copy] = path.relay.taken;
    expect(copy?.envelopeId).toBe(second?.envelopeId);
    expect(second?.envelopeId).not.toBe(first?.envelopeId);
    expect([await status(), path.relay.taken.length]).toEqual(['sent', 1]);
  });

  test('and whoever speaks of either attempt is heard', async () => {
    await path.sweepAt('2026-11-22T12:12:31Z');
    for (const { envelopeId, messageId } of await factsOf('intent')) {
      expect(await path.ports.ledger.byName(envelopeId!)).toEqual({ ok: true, value: id });
      expect(await path.ports.ledger.byName(messageId)).toEqual({ ok: true, value: id });
    }
  });

  test('the kept message is not the one that was about to leave: nothing leaves', async () => {
    const { attempt } = (await factsOf('intent'))[0]!;
    await path.messages.put(`outgoing/${id}/${attempt}`, Buffer.from('another'));
    await path.sweepAt('2026-11-22T12:12:31Z');
    expect([path.relay.taken.length, await status()]).toEqual([0, 'uncertain']);
    expect(path.queues.send).toEqual([id]);
  });

  test('transmit-request/revoked: it is not sent again, and nobody says that it was not sent', async () => {
    expect((await revoke(path)).body.inFlight).toHaveLength(1);
    await path.sweepAt('2026-11-22T12:12:31Z');
    expect([path.relay.taken.length, await status()]).toEqual([0, 'uncertain']);
    await path.sweepAt('2026-11-25T12:00:00Z');
    expect(await transmission(path)).toMatchObject({ code: 'deliver/unresolved' });
  });
});

describe('dies after the relay took it, before that is written down', () => {
  beforeEach(async () => {
    dies(path.relay, 'submit', 'after');
    await ring();
    await redelivered();
  });

  test.each(['Send', 'Delivery'] as const)(
    'the relay says %s before anybody asks: nothing is uncertain',
    async (type) => {
      await path.tellOf((await about())(type));
      await path.sweepAt('2026-11-22T12:02:31Z');
      expect([await status(), await times('uncertain')]).toEqual(['sent', 0]);
      await path.sweepAt('2026-11-22T12:30:00Z');
      expect(path.relay.taken).toHaveLength(1);
    },
  );

  test('the relay says so within the grace: it is sent, and its deadlines run', async () => {
    await path.sweepAt('2026-11-22T12:02:31Z');
    expect(await status()).toBe('uncertain');
    await path.tellOf((await about())('Send'));
    expect(await status()).toBe('sent');
    await path.sweepAt('2026-11-22T12:30:00Z');
    expect(path.relay.taken).toHaveLength(1);
    await path.sweepAt('2026-11-22T13:00:00Z');
    expect(await transmission(path)).toMatchObject({ code: 'notification/not-processed' });
  });

  test('its recipient answers within the grace: nothing is sent again', async () => {
    await path.sweepAt('2026-11-22T12:02:31Z');
    await path.answer(['processed', 'dispatched']);
    await path.sweepAt('2026-11-22T12:30:00Z');
    expect([await status(), path.relay.taken.length]).toEqual(['delivered', 1]);
  });

  test('nobody says anything: it is sent again, and both are the same to the recipient', async () => {
    await path.sweepAt('2026-11-22T12:02:31Z');
    await path.sweepAt('2026-11-22T12:12:31Z');
    const [first, second, ...others] = path.relay.taken;
    expect(Buffer.compare(first!.bytes, second!.bytes)).toBe(0);
    expect(others).toEqual([]);
    await path.answer(['processed', 'dispatched'], 0);
    await path.answer(['processed', 'dispatched'], 1);
    expect([await status(), await times('ended')]).toEqual(['delivered', 1]);
  });
});

describe('dies after the relay’s yes was written down, before the message is taken off the queue', () => {
  test('the next ring finds nothing to do, and is counted', async () => {
    await ring();
    expect([await status(), duplicates()]).toEqual(['sent', 0]);
    await ring();
    await ring();
    expect([path.relay.taken.length, duplicates()]).toEqual([1, 2]);
    expect(path.queues.send).toEqual([]);
  });
});

describe('the answer of the relay is lost', () => {
  beforeEach(async () => {
    path.relay.behave('takes-without-answer');
    await ring();
  });

  test('it is uncertain at once, is acknowledged, and is never tried again blindly', async () => {
    expect([await status(), path.queues.send]).toEqual(['uncertain', []]);
    expect(path.metrics.of('UncertainCopy')).toEqual([1]);
    await ring();
    await path.sweepAt('2026-11-22T12:09:59Z');
    expect(path.relay.taken).toHaveLength(1);
  });

  test('deliver/unresolved: however often, three copies at most, and then it is held', async () => {
    for (let minute = 0; minute < 180; minute += 1) {
      await path.sweepAt(new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString());
    }
    expect([path.relay.taken.length, await status()]).toEqual([3, 'uncertain']);
    expect(path.metrics.of('UncertainCopy')).toEqual([1, 1, 1]);
    await path.sweepAt('2026-11-25T12:00:00Z');
    expect(await transmission(path)).toMatchObject({ code: 'deliver/unresolved' });
  });
});

describe('a copy that is held by setting', () => {
  beforeEach(async () => {
    await begin({ uncertain: 'hold' });
    path.relay.behave('takes-without-answer');
    await ring();
    path.relay.behave('takes');
  });

  test('waits for an operator, who says that it was not sent: it is sent', async () => {
    await path.sweepAt('2026-11-23T12:00:00Z');
    expect([await status(), path.relay.taken.length]).toEqual(['uncertain', 1]);
    await path.ports.ledger.append(id, path.ports.now(), notSent);
    await path.sweepAt('2026-11-23T12:01:00Z');
    expect([await status(), path.relay.taken.length]).toEqual(['sent', 2]);
  });

  test('transmit-request/revoked: unless it was revoked before he says so', async () => {
    await path.ask('POST /v1/patients/ana/transmit-requests/revoke-all', { as: ANA });
    await path.ports.ledger.append(id, path.ports.now(), notSent);
    await path.sweepAt('2026-11-22T12:01:00Z');
    expect([await status(), path.relay.taken.length]).toEqual(['stopped', 1]);
  });

  test('deliver/unresolved: nobody decides within three days', async () => {
    await path.sweepAt('2026-11-25T11:59:59Z');
    expect(await status()).toBe('uncertain');
    await path.sweepAt('2026-11-25T12:00:00Z');
    expect(await transmission(path)).toMatchObject({ code: 'deliver/unresolved' });
  });
});
