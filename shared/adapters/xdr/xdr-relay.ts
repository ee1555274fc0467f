import type { Relay } from '../../deliver/relay.ts';
import { fail } from '../../outcome.ts';
import { isLoopbackHost } from '../loopback.ts';
import type { CredentialsFor } from '../relay-secret.ts';
import { accessTokens } from '../credentials/access-tokens.ts';
import { hasNothingFor } from '../credentials/shown-to.ts';
import { postXdr, type PostXdrOptions } from './post-xdr.ts';
import { receiptOfXdr } from './xdr-answer.ts';
import { xdrPeerOf } from './xdr-url.ts';

export interface XdrRelayOptions extends PostXdrOptions {
  /** What is shown to the HISP; by any but one on this machine it has to be told who we are. */
  readonly credentials: CredentialsFor;
  readonly maxMessageBytes?: number;
}

/**
 * Somebody else's HISP that takes submissions by XDR (ITI-41).
 *
 * @param url `hisp+xdr://HOST[:PORT]/PATH`, which is https, and http on the same machine
 * @throws Error on a URL that is none of this kind; its text never quotes the URL
 */
export function xdrRelay(url: string, options: XdrRelayOptions): Relay {
  const endpoint = endpointOf(url);
  const { host, hostname } = xdrPeerOf(endpoint).url;
  const tokens = accessTokens(options.authorities ?? [], () => new Date());
  return {
    form: 'xdr',
    endpoint,
    maxMessageBytes: options.maxMessageBytes ?? Infinity,
    async submit({ bytes }) {
      if (!isLoopbackHost(hostname) && (await hasNothingFor(host, options.credentials))) {
        return fail('deliver/not-authorized', 'no credentials');
      }
      const posted = await postXdr(endpoint, bytes, { ...options, tokens });
      if (posted.kind === 'answered' && posted.status === 401) tokens.forget();
      return receiptOfXdr(posted);
    },
  };
}

/** As with SMTP, what never leaves this machine goes without TLS. */
function endpointOf(url: string): string {
  const rest = /^hisp\+xdr:(\/\/.*)$/i.exec(url)?.[1] ?? '';
  if (!URL.canParse(`https:${rest}`)) {
    throw new Error('The relay URL must be hisp+xdr://HOST[:PORT]/PATH');
  }
  const { hostname } = new URL(`https:${rest}`);
  return `${isLoopbackHost(hostname) ? 'http' : 'https'}:${rest}`;
}
