import { describe, expect, test } from '@jest/globals';
import type { Copy, Request } from '../../portal/api/views.ts';
import { listed } from '../../portal/places/entries.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const LEE = 'lee@direct.clinic.example';
const KIM = 'kim@direct.clinic.example';

const request = (id: string, more: Partial<Request> = {}): Request => ({
  id,
  patientId: 'ana',
  status: 'active',
  frequency: 'on-update',
  addresses: [{ address: LEE, status: 'active' }],
  sender: 'records@direct.holder.example',
  directiveSha256: 'a',
  createdAt: '2026-11-01T12:00:00.000Z',
  createdBy: 'patient',
  version: 1,
  ...more,
});

const copy = (id: string, requestId: string, more: Partial<Copy> = {}): Copy => ({
  id,
  requestId,
  address: LEE,
  createdAt: '2026-11-02T12:00:00.000Z',
  status: 'delivered',
  ...more,
});

const pause = (code: string) => ({ code, at: '2026-11-02T12:00:00.000Z', sentence: code });

const shown = (requests: readonly Request[], copies: readonly Copy[]) => {
  const { running, before } = listed(requests, copies, NOW);
  return {
    running: running.map((entry) => [entry.request.id, entry.address, entry.copy?.id]),
    before: before.map(({ id }) => id),
  };
};

describe('where the record goes', () => {
  test('each address of each running request is one entry, with its last copy', () => {
    const both = [LEE, KIM].map((address) => ({ address, status: 'active' as const }));
    const copies = [
      copy('third', 'one', { address: KIM }),
      copy('second', 'one', { status: 'failed' }),
      copy('first', 'one'),
      copy('other', 'two'),
    ];
    expect(shown([request('one', { addresses: both }), request('two')], copies)).toEqual({
      running: [
        ['one', LEE, 'second'],
        ['one', KIM, 'third'],
        ['two', LEE, 'other'],
      ],
      before: [],
    });
  });

  test('what was stopped or is past its end date goes nowhere: its last copy was sent before', () => {
    const gone = [
      request('stopped', { status: 'revoked' }),
      request('past', {
        until: '2026-11-23T11:59:59.000Z',
        addresses: [{ address: KIM, status: 'active' }],
      }),
      request('partly', {
        addresses: [
          { address: LEE, status: 'revoked' },
          { address: KIM, status: 'active' },
        ],
      }),
      request('yet', { until: '2026-11-23T12:00:01.000Z' }),
    ];
    const copies = [
      copy('late', 'stopped'),
      copy('ended', 'past', { address: KIM }),
      copy('early', 'stopped', { status: 'failed' }),
    ];
    expect(shown(gone, copies)).toEqual({
      running: [
        ['partly', KIM, undefined],
        ['yet', LEE, undefined],
      ],
      before: ['late', 'ended'],
    });
  });

  test('one copy that was asked for once runs until its end is known, and was sent before then', () => {
    const once = request('once', { frequency: 'once', servedAt: '2026-11-02T12:00:00.000Z' });
    for (const status of ['waiting', 'sending', 'sent', 'processed', 'uncertain'] as const) {
      expect(shown([once], [copy('it', 'once', { status })]).running).toHaveLength(1);
    }
    for (const status of ['delivered', 'failed', 'stopped'] as const) {
      expect(shown([once], [copy('it', 'once', { status })])).toEqual({
        running: [],
        before: ['it'],
      });
    }
  });

  test('one that was served so long ago that its copy is not listed any more has ended', () => {
    const old = request('old', { frequency: 'once', servedAt: '2026-11-02T11:59:59.000Z' });
    expect(shown([old], [copy('newer', 'x')])).toEqual({ running: [], before: ['newer'] });
    expect(shown([request('waits', { frequency: 'once' })], []).running).toHaveLength(1);
  });

  test('of what was sent before, each address is told once, however its letters are written', () => {
    const copies = [
      copy('newest', 'a', { address: 'Lee@Direct.Clinic.Example' }),
      copy('older', 'b'),
      copy('kim', 'a', { address: KIM }),
    ];
    expect(shown([], copies).before).toEqual(['newest', 'kim']);
  });

  test('a message without health data is no copy', () => {
    expect(shown([request('one')], [copy('probe', 'one', { isProbe: true })])).toEqual({
      running: [['one', LEE, undefined]],
      before: [],
    });
  });

  test('why an address is paused is told, else why its request is', () => {
    const paused = request('one', {
      status: 'paused',
      paused: pause('all'),
      addresses: [
        { address: LEE, status: 'paused', paused: pause('this') },
        { address: KIM, status: 'active' },
      ],
    });
    const { running } = listed([paused], [], NOW);
    expect(running.map((entry) => entry.paused?.code)).toEqual(['this', 'all']);
  });
});
