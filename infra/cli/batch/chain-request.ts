import * as z from 'zod';
import { isOid } from '../../../shared/oid.ts';
import { extendedKeyUsage } from '../certificates/extended-key-usages.ts';
import { Instant } from '../certificates/instant.ts';

/** Each PEM or base64 of DER. */
const Objects = z.array(z.string()).max(1000);

const Usage = z.string().transform((text, context) => {
  const oid = extendedKeyUsage(text);
  if (oid !== undefined) return oid;
  context.addIssue('neither the name of an extended key usage nor an OID');
  return z.NEVER;
});

/** A request to judge a chain of certificates. */
export const ChainRequest = z
  .object({
    id: z.union([z.string(), z.number()]),
    certificate: z.string(),
    anchors: Objects,
    intermediates: Objects.nullish(),
    crls: Objects.nullish(),
    ocsp: Objects.nullish(),
    /** Now unless said. */
    at: Instant.nullish(),
    purpose: z.enum(['any', 'direct']).nullish(),
    address: z.string().nullish(),
    peerName: z.object({ type: z.enum(['dns', 'email', 'ip']), value: z.string() }).nullish(),
    /** OIDs from here on. */
    extendedKeyUsage: z.array(Usage).max(100).nullish(),
    revocation: z.enum(['hard-fail', 'soft-fail', 'off']).nullish(),
    initialPolicySet: z.array(z.string().refine(isOid)).max(100).nullish(),
    explicitPolicy: z.boolean().nullish(),
    inhibitPolicyMapping: z.boolean().nullish(),
    inhibitAnyPolicy: z.boolean().nullish(),
    maxDepth: z.int().min(0).max(1000).nullish(),
    allowSha1: z.boolean().nullish(),
    minimumRsaBits: z.int().min(512).max(16_384).nullish(),
  })
  .refine(({ purpose, address }) => purpose !== 'direct' || typeof address === 'string', {
    path: ['address'],
  });

export type ChainRequest = z.infer<typeof ChainRequest>;
