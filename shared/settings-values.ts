import * as z from 'zod';
import { parseDirectAddress } from './ids.ts';
import { isOid } from './oid.ts';

/** Kept in the one spelling in which transmissions and certificates are compared with it. */
export const Address = z.string().transform((text, context) => {
  const address = parseDirectAddress(text);
  if (address.ok) return address.value;
  context.addIssue('not a Direct address');
  return z.NEVER;
});

export const Oid = z.string().refine(isOid, 'not an OID in dotted form');

export const Domain = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'not a domain in lower case');

export const PEM_CERTIFICATE = '-----BEGIN CERTIFICATE-----';
