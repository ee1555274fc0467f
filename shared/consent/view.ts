import * as z from 'zod';
import type { Consent } from './consent.ts';

export const Actor = z
  .strictObject({
    kind: z.enum(['patient', 'representative', 'provider', 'system', 'admin']),
    subject: z.string(),
    authority: z
      .strictObject({ relationship: z.string(), until: z.iso.datetime().optional() })
      .optional(),
  })
  .meta({ id: 'Actor', description: 'Who did it, as the token says.' });

export const OnBehalfView = z
  .strictObject({
    method: z.enum(['oral', 'written', 'portal']),
    identityCheck: z.enum(['known', 'id-document', 'credential']),
    witness: z.string().optional(),
    at: z.iso.datetime().optional(),
  })
  .meta({ id: 'OnBehalf', description: 'How the patient agreed when a provider records it.' });

/** A consent as its patient sees it. */
export const ConsentView = z
  .strictObject({
    id: z.string(),
    patientId: z.string(),
    decision: z.enum(['accepted', 'rejected', 'withdrawn']),
    text: z.strictObject({ language: z.string(), version: z.string(), sha256: z.string() }),
    actor: Actor,
    authorityEndsAt: z.iso
      .datetime()
      .optional()
      .meta({ description: 'When the authority of the representative ends.' }),
    onBehalf: OnBehalfView.optional(),
    signatureName: z.string().optional(),
    at: z.iso.datetime(),
  })
  .meta({ id: 'Consent' });

/** All that is kept, but for the key that stands for the patient in the table. */
export const viewOfConsent = (consent: Consent): object => ({ ...consent, patientKey: undefined });
