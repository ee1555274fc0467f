import type { Relay } from '../deliver/relay.ts';
import { fail } from '../outcome.ts';
import { isLoopbackHost } from './loopback.ts';
import type { CredentialsFor } from './relay-secret.ts';
import { smtpRelay, type SmtpRelayOptions } from './smtp-relay.ts';
import { hasNothingFor } from './credentials/shown-to.ts';
import { smtpPeerOf } from './smtp/smtp-url.ts';

export interface HispSmtpRelayOptions extends SmtpRelayOptions {
  /** What is shown to the HISP; by any but one on this machine it has to be told who we are. */
  readonly credentials: CredentialsFor;
}

/**
 * Somebody else's HISP that takes submissions by mail: what it takes is in clear inside of TLS, and it is asked to tell also
 * when it has delivered.
 *
 * @param url `hisp+smtps://HOST[:PORT]` (465 unless given) or `hisp+smtp://` (587)
 * @throws Error on a URL that is none of this kind; its text never quotes the URL
 */
export function hispSmtpRelay(url: string, options: HispSmtpRelayOptions): Relay {
  const overSmtp = url.replace(/^hisp\+/i, '');
  const { host, namedAs } = smtpPeerOf(overSmtp);
  const relay = smtpRelay(overSmtp, {
    ...options,
    form: 'clear',
    notify: ['SUCCESS', 'FAILURE', 'DELAY'],
  });
  return {
    ...relay,
    async submit(envelope) {
      if (!isLoopbackHost(host) && (await hasNothingFor(namedAs, options.credentials))) {
        return fail('deliver/not-authorized', 'no credentials');
      }
      return relay.submit(envelope);
    },
  };
}
