import type * as z from 'zod';
import type { Log } from '../../shared/log.ts';
import { Identity, type IdentitySettings, issuersOf } from '../../shared/settings-identity.ts';

/** A log that nobody reads. */
export const SILENT: Log = { info: () => undefined, error: () => undefined };

/** Settings of identity, with the defaults of what is left out. */
export const identityOf = (input: z.input<typeof Identity> = {}): IdentitySettings =>
  Identity.parse(input);

/** The issuers that settings name, after the default one. */
export const issuersBeside = (
  deployed: { readonly url: string; readonly audience: string } = {
    url: 'https://login.example.org/',
    audience: 'direct-transmit',
  },
  input: z.input<typeof Identity> = {},
) => issuersOf(identityOf(input), deployed);
