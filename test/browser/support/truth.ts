import * as z from 'zod';
import type { Caller } from '../../../infra/local/api-client.ts';
import { progressTo } from '../../../infra/local/demo/progress.ts';
import { acceptConsent, requestTransmission } from '../../../infra/local/demo/steps.ts';
import { PassThrough } from 'node:stream';

const Lists = {
  consents: z.object({
    consents: z.array(
      z.looseObject({ decision: z.string(), signatureName: z.string().optional() }),
    ),
  }),
  requests: z.object({
    transmitRequests: z.array(
      z.looseObject({
        id: z.string(),
        status: z.string(),
        frequency: z.string(),
        addresses: z.array(z.looseObject({ address: z.string(), status: z.string() })),
      }),
    ),
  }),
  copies: z.object({
    transmissions: z.array(
      z.looseObject({ address: z.string(), status: z.string(), code: z.string().optional() }),
    ),
  }),
};

/** What is on record of a patient, whatever a screen says. */
export const truthOf = (caller: Caller, patientId: string) => {
  const there = `/v1/patients/${patientId}` as const;
  return {
    consents: async () => (await caller.call(`GET ${there}/consents`, Lists.consents)).consents,
    requests: async () =>
      (await caller.call(`GET ${there}/transmit-requests`, Lists.requests)).transmitRequests,
    copies: async () =>
      (await caller.call(`GET ${there}/transmissions`, Lists.copies)).transmissions,
  };
};

const SILENT = progressTo(new PassThrough().resume());

/** A standing order of before, without a copy of its own. @returns the request's id */
export async function standingOrder(
  caller: Caller,
  patientId: string,
  address: string,
): Promise<string> {
  const consentId = await acceptConsent(caller, patientId, { signatureName: 'Ana Rivera' }, SILENT);
  const wanting = { address, frequency: 'on-update', sendNow: false, consentId } as const;
  return requestTransmission(caller, patientId, wanting, SILENT);
}
