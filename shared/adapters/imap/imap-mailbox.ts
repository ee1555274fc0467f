import { ImapFlow, type ImapFlowOptions } from 'imapflow';
import type { Now } from '../../clock.ts';
import { done, fail, type Outcome } from '../../outcome.ts';
import type { Mailbox, OpenFolder } from '../../notification/mailbox/mailbox.ts';
import { believed } from '../believed.ts';
import type { CredentialsFor } from '../relay-secret.ts';
import { accessTokens } from '../credentials/access-tokens.ts';
import { shownTo, type Login, type Shown } from '../credentials/shown-to.ts';
import { openFolder } from './folder.ts';
import { imapPeerOf, type ImapPeer } from './mailbox-url.ts';

export interface ImapMailboxOptions {
  readonly credentials: CredentialsFor;
  /** PEM certificates of authorities to believe besides those that Node believes. */
  readonly authorities?: readonly string[];
  /** Bounds in seconds: from the name look-up to the end of the work, and the longest silence of the server. */
  readonly overallSeconds?: number;
  readonly silenceSeconds?: number;
  readonly now?: Now;
}

/** A mail of 40 MB, which is what is asked for at most, and what stands around it. */
const LARGEST_LITERAL_BYTES = 41 * 1024 * 1024;

/** What a server may say at once. Nothing of it is wanted but numbers, and one mail. */
const LIMITS = {
  maxLineLength: 64 * 1024,
  maxLiteralSize: LARGEST_LITERAL_BYTES,
  maxResponseSize: LARGEST_LITERAL_BYTES + 64 * 1024,
  maxResponseTokens: 10_000,
} as const;

/**
 * A folder of an IMAP server, opened by EXAMINE and read by BODY.PEEK. TLS is demanded of every host but a loopback one,
 * its certificate is checked before anything is shown to it, and nothing is logged.
 *
 * @param url `imaps://HOST[:PORT]`
 * @throws Error on a URL that is none of this kind
 */
export function imapMailbox(url: string, path: string, options: ImapMailboxOptions): Mailbox {
  const peer = imapPeerOf(url);
  const { credentials, authorities = [], now = () => new Date() } = options;
  const tokens = accessTokens(authorities, now);

  return {
    async read(work) {
      const shown = await shownTo(peer.namedAs, credentials, tokens);
      if (!shown.ok) return refusalOf(shown.failure.code === 'deliver/not-authorized');
      const { login, certificate } = shown.value;
      if (!login) return refusalOf(true);
      const client = new ImapFlow(connectionTo(peer, { login, certificate }, options));
      let fault: unknown;
      // Whoever waits for an answer hears only that there will be none.
      client.on('error', (error: unknown) => {
        fault ??= error;
      });
      const deadline = setTimeout(() => client.close(), (options.overallSeconds ?? 45) * 1000);
      try {
        const opened = await openIn(client, path, () => fault);
        if (!opened.ok) tokens.forget();
        return opened.ok ? await work(opened.value) : opened;
      } finally {
        clearTimeout(deadline);
        client.close();
      }
    },
  };
}

interface ToShow {
  readonly login: Login;
  readonly certificate: Shown['certificate'] | undefined;
}

function connectionTo(
  { host, port, isSecure }: ImapPeer,
  { login, certificate }: ToShow,
  { authorities = [], silenceSeconds = 15 }: ImapMailboxOptions,
): ImapFlowOptions {
  const connectMs = 1000 * Math.min(silenceSeconds, 10);
  return {
    host,
    port,
    secure: isSecure,
    doSTARTTLS: false,
    tls: { ca: believed(authorities), ...certificate },
    auth: {
      user: login.user,
      ...(login.isToken ? { accessToken: login.secret } : { pass: login.secret }),
    },
    logger: false,
    clientInfo: { name: 'Direct Transmit' },
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: silenceSeconds * 1000,
    disableAutoIdle: true,
    disableAutoEnable: true,
    disableCompression: true,
    disableIMAP4rev2: true,
    ...LIMITS,
  };
}

async function openIn(
  client: ImapFlow,
  path: string,
  brokenBy: () => unknown,
): Promise<Outcome<OpenFolder>> {
  try {
    await client.connect();
    const folder = await client.mailboxOpen(path, { readOnly: true });
    // Else what is no folder at all would be taken for an empty one.
    if (!isNumber(folder.uidValidity) || !isNumber(folder.exists)) return refusalOf(false);
    return done(openFolder(client, folder, brokenBy));
  } catch (error) {
    return refusalOf(isRefusal(error));
  }
}

const isNumber = (value: unknown): boolean => /^[0-9]{1,20}$/.test(String(value));

const refusalOf = (isOurs: boolean) =>
  fail(isOurs ? 'notification/mailbox-refused' : 'notification/mailbox-unreachable');

/** What the operator has to put right: the server refused the login, or has no such folder. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Error &&
  ['authenticationFailed', 'mailboxMissing'].some((flag) => Reflect.get(error, flag) === true);
