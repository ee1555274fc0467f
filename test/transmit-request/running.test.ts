import { expect, test } from '@jest/globals';
import { isRunning, isSending } from '../../shared/transmit-request/running.ts';
import { asked, on } from './standing/samples.ts';

const NOW = on('2026-12-01T12:00:00.000Z');
const servedAt = '2026-11-23T00:00:00.000Z';

test.each([
  ['active', {}, true, true],
  ['until now', { until: NOW.toISOString() }, true, true],
  ['until a millisecond ago', { until: '2026-12-01T11:59:59.999Z' }, false, false],
  [
    'on an authority for a millisecond more',
    { authorityEndsAt: '2026-12-01T12:00:00.001Z' },
    true,
    true,
  ],
  ['on an authority that ends now', { authorityEndsAt: NOW.toISOString() }, true, false],
  ['paused', { status: 'paused' }, true, false],
  ['paused, and past its end', { status: 'paused', until: servedAt }, false, false],
  ['revoked', { status: 'revoked' }, false, false],
  ['for one copy that is to come', { frequency: 'once' }, true, true],
  ['for one copy that was opened', { frequency: 'once', servedAt }, false, false],
  ['for more copies than were opened', { servedAt }, true, true],
] as const)('a request that is %s', (_, more, running, sending) => {
  expect([isRunning(asked(more), NOW), isSending(asked(more), NOW)]).toEqual([running, sending]);
});
