import * as z from 'zod';
import { Address, Domain, PEM_CERTIFICATE } from './settings-values.ts';

/** `smtps://`, `smtp://`, `ses:`, `hisp+smtps://` and `hisp+xdr://`: what each is, `docs/relay.md` says. */
export const RelayUrl = z
  .string()
  .regex(
    /^(ses:|(smtps?|hisp\+smtps?|hisp\+xdr):\/\/[^\s@]+)$/i,
    'smtps://host:port, ses:, hisp+smtps://host:port or hisp+xdr://host/path, without credentials: those are in a secret',
  );

/** How much a relay is asked for, and when it is left alone. */
export const Relay = z.strictObject({
  /** By the domain of the recipient, the relays that are not the one of all others. */
  routes: z.record(Domain, RelayUrl).default({}),
  /** PEM certificates of authorities that relays have theirs from, beside those that everybody believes. */
  authorities: z.array(z.string().includes(PEM_CERTIFICATE)).max(20).default([]),
  /** For all workers together. */
  copiesPerSecond: z.number().positive().max(1000).default(14),
  /** So many failures of the relay itself, one after the other, open the circuit: nobody asks it for a while. */
  circuitOpensAfterFailures: z.int().positive().default(5),
  circuitOpenSeconds: z.int().positive().default(60),
});

const Subject = z.string().min(1).max(255);

const HispDomains = z.array(Domain).min(1).max(100);

const subjectOf = (client: string | { readonly subject: string }): string =>
  typeof client === 'string' ? client : client.subject;

/** Somebody else's HISP, where copies go to one. */
export const Hisp = z.strictObject({
  /**
   * The system clients by which HISPs speak: a subject, whose word counts of every copy that a HISP was given, or with it
   * the domains of the recipients of whose copies alone it counts.
   */
  clients: z
    .array(z.union([Subject, z.strictObject({ subject: Subject, domains: HispDomains })]))
    .max(20)
    .refine(
      (all) => new Set(all.map(subjectOf)).size === all.length,
      'one client stands there twice: write both as one',
    )
    .default([]),
});

/** In clear only to the same machine. */
const REPORT_TO = /^(https:\/\/|http:\/\/(127(\.\d{1,3}){3}|localhost)(?=[:/]))[^@]*$/i;

/** A system that sends us submissions by XDR, or a HISP that tells us by XDR what became of a copy. */
export const XdrClient = z.strictObject({
  /** The subject of its tokens; what its certificate stands for, too. */
  subject: z.string().min(1).max(255),
  /** SHA-256 of its certificate, hex: with it, it needs no token (mutual TLS). */
  certificates: z
    .array(
      z
        .string()
        .regex(/^[0-9a-f]{64}$/i, 'SHA-256, 64 hex digits')
        .toLowerCase(),
    )
    .max(10)
    .default([]),
  /** In whose names it may send, of the senders that there are. @default all of them */
  senders: z.array(Address).min(1).optional(),
  /** Where it is told by XDR what became of what it sent; https, or http to the same machine. */
  reportTo: z
    .url({ protocol: /^https?$/ })
    .regex(REPORT_TO, 'https, without credentials: those are in a secret')
    .optional(),
});

/** A certificate stands for one of them: for two it would stand for none. */
export const XdrClients = z
  .array(XdrClient)
  .max(50)
  .refine((clients) => {
    const named = clients.flatMap(({ certificates }) => [...new Set(certificates)]);
    return new Set(named).size === named.length;
  }, 'two systems have the same certificate: write it for one of them');

/** A mailbox that is asked for mail each minute. */
export const Mailbox = z
  .strictObject({
    /** `imaps://host[:port]`, or `imap://` on the same machine; who logs in, the relay secret says. */
    url: z.string().regex(/^imaps?:\/\/[^\s@/]+\/?$/i, 'imaps://host:port'),
    folder: z.string().min(1).max(200).default('INBOX'),
    /**
     * `hisp`: of somebody else's HISP, which puts nothing there but what it has decrypted and believed itself, and its own
     * notices. `relay`: of a mail server that takes in what comes.
     */
    of: z.enum(['hisp', 'relay']),
    /** Of the recipients of whose copies alone that HISP may say what became of them. @default all that a HISP was given */
    domains: HispDomains.exactOptional(),
  })
  .refine(({ of, domains }) => of === 'hisp' || domains === undefined, {
    path: ['domains'],
    error: 'only the mailbox of a HISP speaks for recipients: take it out',
  });

/** A Direct message that somebody writes to a sending address, where programs read. */
export const Letters = z.strictObject({
  /** `processed` says that it came; `processed-and-failed` also that nobody reads it there; `none`: silence. */
  answer: z.enum(['processed', 'processed-and-failed', 'none']).default('processed'),
});
