import * as z from 'zod';
import type { Now } from '../clock.ts';
import { secretText } from './secrets.ts';

/** As `node:url` gives it: with the port only where it is not the scheme's own. */
const Host = z.string().regex(/^[a-z0-9.:[\]-]{1,260}$/i);

const Password = z.strictObject({
  host: Host,
  user: z.string().min(1),
  password: z.string().min(1),
});

/** For XOAUTH2: a token that somebody keeps fresh in the secret, or what a fresh one is fetched with. */
const Token = z.strictObject({
  host: Host,
  user: z.string().min(1),
  accessToken: z.string().min(1),
});
const Refreshed = z.strictObject({
  host: Host,
  user: z.string().min(1),
  tokenUrl: z.url({ protocol: /^https$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  refreshToken: z.string().min(1),
});

/** For mutual TLS. */
const ClientCertificate = z.strictObject({
  host: Host,
  certificate: z.string().includes('-----BEGIN CERTIFICATE-----'),
  privateKey: z.string().includes('PRIVATE KEY-----'),
});

const Client = { host: Host, clientId: z.string().min(1) };

/** For client credentials (RFC 6749 section 4.4), by the host of the token endpoint: a secret, or a key of ours. */
const ClientSecret = z.strictObject({ ...Client, clientSecret: z.string().min(1) });
const ClientKey = z.strictObject({
  ...Client,
  privateKey: z.string().includes('PRIVATE KEY-----'),
  keyId: z.string().min(1),
});

const Credential = z.union([
  Password,
  Token,
  Refreshed,
  ClientCertificate,
  ClientSecret,
  ClientKey,
]);

/** What we show to one server: a password, a token, a certificate, or who we are as a client of OAuth. */
export type Credential = z.infer<typeof Credential>;

const RelaySecret = z.strictObject({ credentials: z.array(Credential).max(100) });

/** What is to be shown to a server; none where the secret names it not. A host may have a certificate and a password. */
export type CredentialsFor = (host: string) => Promise<readonly Credential[]>;

/**
 * The credentials for relays, HISPs and mailboxes, kept in one secret: `{"credentials":[{"host":"relay.example.org",
 * "user":"…","password":"…"}]}`, a host as it stands in its URL, with its port where the URL has one. A rotated secret takes
 * effect within five minutes.
 *
 * @throws Error when the secret cannot be read; its text quotes nothing of it
 */
export function relayCredentials(arn: string, now: Now = () => new Date()): CredentialsFor {
  return async (host) => {
    const { credentials } = parsed(await secretText(arn, now));
    return credentials.filter((each) => each.host.toLowerCase() === host.toLowerCase());
  };
}

function parsed(text: string): z.infer<typeof RelaySecret> {
  try {
    return RelaySecret.parse(JSON.parse(text));
  } catch {
    // The error of a parser would quote a password.
    throw new Error('The relay secret is not {"credentials":[…]} as docs/relay.md writes it');
  }
}
