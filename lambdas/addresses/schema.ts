import * as z from 'zod';
import { AddressBody } from '../../shared/discover/address-body.ts';
import type { Operations } from '../../shared/operation.ts';
import { REACHABILITY_EXAMPLE, ReachabilityView } from '../../shared/trust/reachability-view.ts';

const Look = z.strictObject({
  stage: z.string(),
  name: z.string(),
  found: z.int(),
  code: z.string().optional(),
  tookMs: z.number(),
});

const Checked = ReachabilityView.extend({
  trace: z
    .strictObject({
      looks: z.array(Look),
      accepted: z.array(z.string()),
      rejected: z.array(z.strictObject({ fingerprint: z.string(), code: z.string() })),
      revocation: z.enum(['good', 'unknown', 'not-named', 'off']).optional(),
      detail: z.string().optional(),
    })
    .optional()
    .meta({ description: 'How it was found out; for operators only.' }),
}).meta({ id: 'CheckedAddress' });

export const OPERATIONS = {
  'POST /v1/direct-addresses/check': {
    id: 'checkAddress',
    summary: 'Says whether a copy could be sent to an address now, and sends nothing.',
    body: {
      'application/json': {
        schema: AddressBody,
        example: { address: REACHABILITY_EXAMPLE.address },
      },
    },
    answers: {
      200: {
        summary: 'What is known of the address, also that it cannot be reached',
        content: { 'application/json': { schema: Checked, example: REACHABILITY_EXAMPLE } },
      },
    },
    refusals: ['discover/bad-address'],
  },
} satisfies Operations;
