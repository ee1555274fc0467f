import * as z from 'zod';

/** What is answered of an address: `Reachability`. */
export const ReachabilityView = z
  .strictObject({
    address: z.string(),
    reachability: z
      .enum(['reachable', 'not-reachable', 'cannot-tell-now', 'unknown'])
      .meta({ description: '`unknown`: the mail service of somebody else finds out.' }),
    code: z.string().optional().meta({ description: 'Why not.' }),
    sentence: z
      .string()
      .optional()
      .meta({ description: 'What that means, in the language of the call.' }),
    proved: z
      .enum(['mailbox', 'service'])
      .optional()
      .meta({ description: 'What the certificate is bound to: the address, or its domain.' }),
    organization: z
      .string()
      .optional()
      .meta({ description: "Of the certificate's subject, as its issuer wrote it." }),
    commonName: z.string().optional().meta({ description: 'Likewise.' }),
    caution: z.literal('trust/revocation-unknown').optional(),
  })
  .meta({ id: 'Reachability' });

export const REACHABILITY_EXAMPLE = {
  address: 'dr.lee@direct.clinic.example',
  reachability: 'reachable',
  proved: 'service',
  organization: 'Valley Clinic',
  commonName: 'direct.clinic.example',
} as const;
