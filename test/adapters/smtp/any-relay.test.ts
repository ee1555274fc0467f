import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { smtpRelay } from '../../../shared/adapters/smtp-relay.ts';
import { ENVELOPE } from '../../contracts/relay.ts';
import { verdictOf } from '../../interop/support/smtp-phases.ts';
import { cases } from '../../support/counts.ts';
import { discharge, kinds, readyToShare, transmission } from '../../support/one-record.ts';
import {
  startScripted,
  type Script,
  type ScriptedServer,
  type Step,
} from '../smtp-relay-servers.ts';

const LOSSES: readonly Step[] = ['close', 'reset', 'silence', '|250 2.0.', '|550 5.1.1 n'];
const REPLIES: readonly Step[] = [
  '250 ok',
  '354 go on',
  '199 what',
  '421 4.3.2 not now',
  '450 4.2.0 later',
  '550 5.1.1 nobody',
  '554 no',
  'hello',
];
/** More than was asked for: what comes after must not be taken for what comes before. */
const TWICE: readonly Step[] = ['250 ok\r\n250 ok', '250 ok\r\n354 go on', '250 ok\r\n550 no'];

/** Mostly as it should be, so that every phase is reached. */
const steps = (asItShouldBe: Step, others: readonly Step[]) =>
  fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant(asItShouldBe) },
      { weight: 2, arbitrary: fc.constantFrom(...LOSSES, ...others) },
    ),
    { minLength: 1, maxLength: 3 },
  );

const script: fc.Arbitrary<Script> = fc.record({
  greeting: steps('220 test', REPLIES),
  EHLO: steps('250 test', [...REPLIES, ...TWICE]),
  MAIL: steps('250 ok', [...REPLIES, ...TWICE]),
  RCPT: steps('250 ok', [...REPLIES, ...TWICE]),
  DATA: steps('354 go on', [...REPLIES, '354 go on\r\n250 ok', '354 go on\r\n550 no']),
  RSET: steps('250 ok', [...REPLIES, ...TWICE]),
  message: steps('', []),
  dot: steps('250 ok', [...REPLIES, ...TWICE]),
});

/** What each connection meets; the last one repeats. */
const scripts = fc.array(script, { minLength: 1, maxLength: 4 });

async function withServer<T>(
  each: readonly Script[],
  work: (server: ScriptedServer) => Promise<T>,
): Promise<T> {
  const server = await startScripted((connection) => each[connection] ?? each.at(-1) ?? {});
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

const relayOf = ({ port }: ScriptedServer) =>
  smtpRelay(`smtp://127.0.0.1:${port}`, { connectSeconds: 0.05, silenceSeconds: 0.05 });

describe('whatever a relay says, and wherever it breaks off', () => {
  test('a hand-over is accepted, tried again, failed or uncertain; and what is sure is so', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, (each) =>
        withServer(each, async (server) => {
          const relay = relayOf(server);
          for (const _ of [1, 2, 3]) {
            const before = server.taken();
            const verdict = verdictOf(await relay.submit(ENVELOPE));
            const took = server.taken() - before;
            const possible = { accepted: [1], retry: [0], failed: [0], uncertain: [0, 1] }[verdict];
            expect([verdict, possible.includes(took)]).toEqual([verdict, true]);
          }
        }),
      ),
      { numRuns: cases(40), endOnFailure: true },
    );
  }, 120_000);

  test('two copies are with it only when one was uncertain, and that is on record', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, (each) =>
        withServer(each, async (server) => {
          const path = await readyToShare();
          Object.assign(path.ports, { relay: relayOf(server) });
          await discharge(path);
          for (const time of ['12:05', '12:20', '13:30', '16:00', '23:00']) {
            await path.sweepAt(`2026-11-22T${time}:00Z`);
          }
          const told = kinds(await transmission(path));
          const mayBeTwice = told.includes('uncertain');
          const { length: accepted } = told.filter((kind) => kind === 'accepted');
          const isAsTold = mayBeTwice || server.taken() === accepted;
          expect({ accepted: accepted > 1, isAsTold }).toEqual({ accepted: false, isAsTold: true });
        }),
      ),
      { numRuns: cases(5, 60), endOnFailure: true },
    );
  }, 240_000);
});
