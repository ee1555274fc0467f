import { expect, test } from '@jest/globals';
import type { PatientKey, RequestId, TriggerId } from '../../shared/ids.ts';
import { done } from '../../shared/outcome.ts';
import { bodyOfRing, parseRing, type Ring } from '../../shared/trigger/ring.ts';

const ID = 'a'.repeat(26);
const RINGS: readonly Ring[] = [
  { kind: 'trigger', id: `trg_${ID}` as TriggerId },
  { kind: 'window', id: `req_${ID}` as RequestId },
  {
    kind: 'request',
    id: `req_${ID}` as RequestId,
    patientKey: `pat_${'b'.repeat(52)}` as PatientKey,
  },
];

test.each(RINGS)('a ring for a $kind is understood as it was meant', (ring) => {
  expect(parseRing(bodyOfRing(ring))).toEqual(done(ring));
});

test.each([
  '',
  'trg_x',
  `tx_${ID}`,
  `pat_x/req_${ID}`,
  `/req_${ID}`,
  `pat_${'b'.repeat(52)}/trg_${ID}`,
  `pat_${'b'.repeat(52)}/req_x`,
  `req_${ID}\n`,
  `pat_${'b'.repeat(52)}/req_${ID}/more`,
])('trigger/unknown: %j asks for nothing', (body) => {
  expect(parseRing(body)).toMatchObject({ failure: { code: 'trigger/unknown' } });
});
