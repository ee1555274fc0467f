import * as z from 'zod';
import { RelayUrl } from '../shared/settings.ts';
import { ApiDomain, HOST_NAME } from './named-host.ts';
import { Portal } from './portal-settings.ts';

const KeyArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key\/[A-Za-z0-9-]+$/,
    'the ARN of a key, not of an alias: arn:aws:kms:<region>:<account>:key/<id>',
  );

/** Whether a relay is SES. */
export const isSes = (relayUrl: string | undefined): boolean => relayUrl?.toLowerCase() === 'ses:';

/** As a browser writes it: nothing behind the host, and no port where it is the usual one. */
const Origin = z
  .string()
  .regex(
    /^(https:\/\/[a-z0-9.-]+|http:\/\/localhost)(:[1-9][0-9]{0,4})?$/,
    'https://portal.example.org: an origin, exactly, in lower case',
  );

/** Where a browser comes back to after it has signed in, exactly. */
const PortalUrl = z
  .string()
  .max(1024)
  .regex(
    /^(https:\/\/[a-z0-9.-]+(:[1-9][0-9]{0,4})?|http:\/\/localhost(:[1-9][0-9]{0,4})?)\/[^\s#]*$/,
    'https://portal.example.org/signed-in: with its path, without a fragment',
  );

const SystemClient = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'lower-case letters, digits and hyphens');

/** PEM of the authorities whose certificates callers may show. */
const Truststore = z
  .string()
  .regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/[^\s?#]{1,1000}$/, 's3://bucket/key');

/** Of the truststore in its bucket: another one has the gateway read it again, which the same name alone would not. */
const ObjectVersion = z.string().min(1).max(1024).optional();

/** Addresses of a private network, as `10.20.0.0/16`. */
const Network = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({
    kind: z.literal('vpc'),
    cidr: z
      .string()
      .regex(
        /^(10|172\.(1[6-9]|2[0-9]|3[01])|192\.168)\.[0-9.]+\/(1[6-9]|2[0-4])$/,
        'addresses of a private network, for example 10.20.0.0/16',
      )
      .default('10.20.0.0/16'),
    /** Each has a fixed address to the outside, and costs as much. */
    availabilityZones: z.int().min(1).max(3).default(2),
  }),
]);

/** Settings that production has only on purpose. */
export const ACKNOWLEDGED = [
  'any-valid',
  'soft-fail',
  'sha-1',
  'short-keys',
  'ses-receiving',
  'old-tls',
] as const;

/** What SES calls an identity: a domain, or one address. */
const SesIdentity = z
  .string()
  .refine(
    (text) => HOST_NAME.test(text.slice(text.lastIndexOf('@') + 1)) && !/[\s,;]/.test(text),
    'a domain or an address, in lower case behind the @',
  );

/** What only the deployment needs to know; functions never see it. */
export const Deployment = z
  .strictObject({
    /** Without it the stacks go to whatever account the credentials of the day belong to. */
    account: z
      .string()
      .regex(/^[0-9]{12}$/, '12 digits')
      .optional(),
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-[0-9]$/, 'a region, for example us-east-1')
      .optional(),
    /**
     * Who lets callers in: `issuer` is the one that `issuerUrl` names, `cognito` a user pool of the stage's own.
     *
     * @default `issuer` where `issuerUrl` is given, else `cognito`
     */
    identity: z.enum(['issuer', 'cognito']).optional(),
    /** Where the functions run: in no network of ours, or in a VPC with fixed addresses to the outside. */
    network: Network.default({ kind: 'none' }),
    /**
     * Whether mail to the senders is taken in by SES; elsewhere it is fetched from a mailbox, or posted.
     *
     * @default `elsewhere` where the settings name a mailbox, else `ses`
     */
    receiving: z.enum(['ses', 'elsewhere']).optional(),
    /**
     * A set of receipt rules that is active already and not ours: our rules are put before its own.
     *
     * @default a set of the stage's own, which the deployment activates
     */
    receiptRuleSet: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'the name of a set of receipt rules of SES')
      .optional(),
    /**
     * What the deployment registers with SES; `[]` where all of it is verified in the account already.
     *
     * @default the domains of the senders
     */
    sesIdentities: z.array(SesIdentity).max(100).optional(),
    /** In front of the domain of each identity: where SES has bounces sent. Nothing else may use that name. */
    mailFrom: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'one label, for example bounce')
      .default('bounce'),
    /** `REQUIRE` has SES give up a copy to a peer without TLS. */
    sesTls: z.enum(['OPTIONAL', 'REQUIRE']).default('OPTIONAL'),
    /** Who is told of alarms, beside whoever subscribes to the topic. */
    alarmEmails: z.array(z.email()).max(20).default([]),
    /** What is weaker than it should be in production, and is meant. */
    acknowledged: z.array(z.enum(ACKNOWLEDGED)).default([]),
    /** Defaults of the parameters for outside addresses; one that is absent must be given when deploying. */
    relayUrl: RelayUrl.optional(),
    issuerUrl: z.url({ protocol: /^https$/ }).optional(),
    /** Several with blanks between. */
    audience: z.string().min(1).optional(),
    /** With a user pool: where portals get those who have signed in. Without any, people cannot sign in. */
    portalUrls: z.array(PortalUrl).max(50).default([]),
    /** With a user pool: systems that show a secret of their own, one client each. */
    systemClients: z
      .array(SystemClient)
      .min(1)
      .max(20)
      .refine(
        (all) => new Set(all).size === all.length,
        'one system stands there twice: take one of the two out',
      )
      .default(['ehr']),
    /** `system`, or host:port with commas between. */
    resolvers: z.string().min(1).default('system'),
    logRetentionDays: z.literal([30, 90, 180, 365, 731, 1096, 2192, 2557, 3653]).default(365),
    /** How many copies may be sent at once: what the relay can take. */
    sendConcurrency: z.int().min(2).max(1000).default(10),
    /** Keys in KMS that the identity secret names, with which the sender may then sign. */
    signingKeys: z.array(KeyArn).max(100).default([]),
    requestsPerSecond: z.int().positive().default(50),
    /** Pages of which sites may call the API from a browser. */
    corsOrigins: z.array(Origin).max(50).default([]),
    /** For everybody. With a truststore nobody is let in without a certificate of one of its authorities: browsers too. */
    domain: ApiDomain.extend({
      truststore: Truststore.optional(),
      truststoreVersion: ObjectVersion,
    }).optional(),
    /** For systems with a certificate, beside the one for everybody. */
    systemsDomain: ApiDomain.extend({
      truststore: Truststore,
      truststoreVersion: ObjectVersion,
    }).optional(),
    /** Pages of ours on which people sign in and share. Default: none, and pages of others embed the component. */
    portal: Portal.optional(),
  })
  .refine(
    ({ domain, systemsDomain }) => !systemsDomain || (domain && domain.name !== systemsDomain.name),
    {
      path: ['systemsDomain'],
      error: 'everybody else needs a way in, too: write a domain of another name beside it',
    },
  );

export type Deployment = z.infer<typeof Deployment>;
export type ApiDomain = z.infer<typeof ApiDomain> & {
  readonly truststore?: string | undefined;
  readonly truststoreVersion?: string | undefined;
};

/** Who lets callers in. */
export const identityOf = ({ identity, issuerUrl }: Deployment): 'issuer' | 'cognito' =>
  identity ?? (issuerUrl === undefined ? 'cognito' : 'issuer');
