import { describe, expect, test } from '@jest/globals';
import { claim } from '../../shared/deliver/claim.ts';
import type { TransmissionId } from '../../shared/ids.ts';
import { saysOfCopy } from '../../shared/report/audit/disclosure.ts';
import { reportOfFact } from '../../shared/report/report-of.ts';
import { dueDecision } from '../../shared/status/due.ts';
import type { TransmissionLine } from '../../shared/transmission/ledger.ts';
import { probed, withProbes } from '../../shared/transmission/probe.ts';
import type { History } from '../../shared/transmission/transmission.ts';
import { KIM, LEE, transmission } from '../contracts/stores/samples.ts';
import { atSecond, factsOf, historyOf, type Told } from '../support/histories.ts';

const requested: Told = [0, { kind: 'requested', trigger: 'discharge' }];
const reached: Told = [90_000, { kind: 'reached' }];
const AFTER = 'tx_probe' as TransmissionId;

const waiting = (...told: readonly Told[]): History => {
  const history = historyOf(factsOf(requested, ...told));
  return { ...history, transmission: { ...history.transmission, after: AFTER } };
};

const line = (address: string, status: string): TransmissionLine =>
  ({
    ...({
      id: 'tx_1',
      requestId: 'req_1',
      createdAt: '2026-11-22T10:00:00.000Z',
    } as never as object),
    address,
    status,
  }) as TransmissionLine;

describe('which addresses are probed', () => {
  const lines = [line(LEE.toUpperCase(), 'delivered'), line(KIM, 'failed')];
  const ports = (firstContact: 'send' | 'probe', byHisp = false) => ({
    ledger: { list: async () => lines },
    settings: { firstContact },
    goesByHisp: () => byHisp,
  });

  test('those at which nothing of the patient ever arrived', async () => {
    const isProbed = await probed('pat_a' as never, ports('probe'));
    expect([LEE, KIM].map(isProbed)).toEqual([false, true]);
  });

  test('none without the setting, and none by the HISP of another organisation', async () => {
    for (const each of [ports('send'), ports('probe', true)]) {
      expect((await probed('pat_a' as never, each))(KIM)).toBe(false);
    }
  });

  test('the copy waits for a probe that has an id of its own and nothing of what is sent', () => {
    const copy = { ...transmission('tx_copy'), submission: { bytesAt: 'x' } as never };
    const [probe, after, ...others] = withProbes([copy], () => true);
    expect(others).toEqual([]);
    expect(probe).toMatchObject({ isProbe: true, address: copy.address, plan: copy.plan });
    expect(probe).not.toHaveProperty('submission');
    expect(probe?.id).not.toBe(copy.id);
    expect(after).toEqual({ ...copy, after: probe?.id });
  });
});

const at = (history: History, second: number) =>
  dueDecision(history, atSecond(second), { lostAfterSeconds: 60, afterSeconds: 0 });

describe('a copy that waits for its probe', () => {
  test('is claimed by nobody, and then as any other', () => {
    expect(claim(waiting(), 'me', atSecond(1))).toMatchObject({
      failure: { code: 'deliver/awaits-probe' },
    });
    expect(claim(waiting(reached), 'me', atSecond(90_001)).ok).toBe(true);
  });

  test('is rung for, and does not end while it waits: its time begins when the probe has arrived', () => {
    expect(at(waiting(), 90_000)).toMatchObject({ isToSend: true, addition: { facts: [] } });
    expect(at(waiting(reached), 90_060)).toMatchObject({ isToSend: true });
    expect(at(waiting(reached), 90_001 + 86_400).addition.facts).toMatchObject([
      { kind: 'ended', code: 'transmission/out-of-time' },
    ]);
  });
});

test('a probe is told, and discloses nothing', () => {
  const probe = { ...transmission('tx_probe'), isProbe: true } as const;
  const [fact] = factsOf([1, { kind: 'accepted', attempt: 1, receipt: 'queued' }]);
  const told = reportOfFact(fact!, probe);
  expect(told?.report).toMatchObject({ type: 'transmission.sent', isProbe: true });
  expect(saysOfCopy(told!.report)).toBe('nothing');
});
