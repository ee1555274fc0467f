import { SENDER, type Case } from './patched-examples.ts';

const KEY = 'arn:aws:kms:us-west-2:123456789012:key/1-2';
const ACM = 'arn:aws:acm:us-east-1:123456789012:certificate/1-2';
const SES = { relayUrl: 'ses:' };
const CLINIC = { name: 'clinic', url: 'https://login.clinic.example', audiences: ['api'] };

/** Each as it may be, and all of them not. */
export const CONTRADICTIONS: readonly Case[] = [
  [
    'nobody to trust',
    { bundles: [] },
    'anchors: without an anchor or a bundle of them nobody can be trusted: put PEM certificates into anchors/<stage>, or write bundles',
  ],
  [
    'trust that leads nowhere',
    { trust: { policy: 'any-valid' } },
    'trust.policy: any-valid takes certificates that lead to nobody whom you trust: write "bundle", or add "any-valid" to deployment.acknowledged',
  ],
  [
    'revocation that nobody can tell of a domain',
    { trust: { domains: { 'clinic.example': { revocation: 'soft-fail' } } } },
    'trust.domains.clinic.example.revocation: soft-fail takes certificates of which nobody can say whether they were revoked: write "hard-fail", or add "soft-fail" to deployment.acknowledged',
  ],
  [
    'signatures that can be forged',
    { trust: { domains: { 'clinic.example': { allowSha1: true } } } },
    'trust.domains.clinic.example.allowSha1: signatures with SHA-1 can be forged: write false, or add "sha-1" to deployment.acknowledged',
  ],
  [
    'notices that can be forged',
    { acceptSha1: true },
    'acceptSha1: signatures with SHA-1 can be forged: write false, or add "sha-1" to deployment.acknowledged',
  ],
  [
    'keys that can be broken',
    { trust: { minimumRsaBits: 2047 } },
    'trust.minimumRsaBits: shorter keys can be broken: write 2048, or add "short-keys" to deployment.acknowledged',
  ],
  [
    'a mailbox in clear',
    {
      mailbox: { url: 'imap://mail.example.org', of: 'relay' },
      deployment: { receiving: 'elsewhere' },
    },
    'mailbox.url: imap is in clear and reaches this machine only: write imaps://host:port',
  ],
  [
    'SES with records over its limit',
    { maxMessageBytes: 10_000_001, deployment: SES },
    'maxMessageBytes: SES takes no message of more than 10000000 bytes: write 10000000, or another relay as deployment.relayUrl',
  ],
  [
    'a From address outside the identity',
    { maxMessageBytes: 10_000_000, deployment: { ...SES, sesIdentities: ['example.net'] } },
    'senders.0.address: SES sends for no address outside of its identities: add "direct.example.org" to deployment.sesIdentities',
  ],
  [
    'an issuer in a private network',
    { deployment: { issuerUrl: 'https://login.internal/' } },
    'deployment.issuerUrl: login.internal is a host of a private network, from where the keys of tokens cannot be fetched: write the URL by which everybody reaches the issuer',
  ],
  [
    'an issuer by a private address',
    { identity: { issuers: [{ ...CLINIC, url: 'https://10.1.2.3/' }] } },
    'identity.issuers.0.url: 10.1.2.3 is a host of a private network, from where the keys of tokens cannot be fetched: write the URL by which everybody reaches the issuer',
  ],
  [
    'an issuer whose keys come in clear',
    { identity: { issuers: [{ ...CLINIC, url: 'http://127.0.0.1/' }] } },
    'identity.issuers.0.url: http is for the stages local and test, else whoever is on the way decides whose keys count: write https',
  ],
  [
    'an issuer by two names',
    { identity: { issuers: [{ ...CLINIC, url: 'https://login.example.org/' }] } },
    'identity.issuers.0.url: deployment.issuerUrl stands under another name, too: write "default" as its name, without url and audiences',
  ],
  [
    'an issuer beside a user pool',
    { deployment: { identity: 'cognito' } },
    'deployment.identity: a user pool of its own is the issuer and the audience: write "issuer", or take issuerUrl and audience out',
  ],
  [
    'an issuer without an audience',
    { deployment: { audience: undefined } },
    'deployment.audience is missing: write for whom the tokens of deployment.issuerUrl are',
  ],
  [
    'an audience without an issuer',
    { deployment: { issuerUrl: undefined } },
    'deployment.issuerUrl is missing: write whose tokens are for deployment.audience, or take deployment.audience out',
  ],
  [
    'an issuer with a query',
    { deployment: { issuerUrl: 'https://login.example.org/?a' } },
    'deployment.issuerUrl: write it as it stands in tokens, without credentials, query and fragment',
  ],
  [
    'pages on a laptop',
    { deployment: { corsOrigins: ['https://a.example', 'http://localhost:5173'] } },
    'deployment.corsOrigins.1: http://localhost is for the stages local and test only: write where the page is, by https',
  ],
  [
    'pages of a user pool that there is not',
    { deployment: { portalUrls: ['https://portal.example.org/in'] } },
    'deployment.portalUrls: only a user pool of its own sends people there: take it out, or write "cognito" as deployment.identity',
  ],
  [
    'pages of a user pool on a laptop',
    {
      deployment: {
        issuerUrl: undefined,
        audience: undefined,
        portalUrls: ['http://localhost:5173/'],
        portal: undefined,
      },
    },
    'deployment.portalUrls.0: http://localhost is for the stages local and test only: write where the page is, by https',
  ],
  [
    'browsers behind a truststore',
    {
      deployment: {
        domain: { name: 'api.example.org', certificateArn: ACM, truststore: 's3://callers/a' },
        portal: undefined,
      },
    },
    'deployment.domain.truststore: no browser could call from deployment.corsOrigins: write the truststore into deployment.systemsDomain',
  ],
  [
    'hosted pages in front of a truststore',
    {
      deployment: {
        domain: { name: 'api.example.org', certificateArn: ACM, truststore: 's3://callers/a' },
        corsOrigins: [],
      },
    },
    'deployment.domain.truststore: the pages of deployment.portal have no certificate to call the API with: write the truststore into deployment.systemsDomain',
  ],
  [
    'hosted pages that sign in elsewhere than with the user pool',
    {
      deployment: {
        issuerUrl: undefined,
        audience: undefined,
        portal: { authorizeUrl: undefined, tokenUrl: undefined },
      },
    },
    'deployment.portal.clientId: a user pool of its own says that itself: take it out, or write deployment.issuerUrl',
  ],
  [
    'hosted pages by the name of the API',
    { deployment: { domain: { name: 'share.example.org', certificateArn: ACM } } },
    'deployment.portal.domain.name: the API is called by it: write another name for the pages',
  ],
  [
    'hosted pages by a name that lets old TLS in',
    { deployment: { portal: { domain: undefined } } },
    'deployment.portal.domain is missing: under the name that CloudFront gives, browsers come in by TLS 1.0, too: write a domain, or add "old-tls" to deployment.acknowledged',
  ],
  [
    'systems alone',
    {
      deployment: {
        systemsDomain: {
          name: 'api.example.org',
          certificateArn: ACM,
          truststore: 's3://callers/a',
        },
      },
    },
    'deployment.systemsDomain: everybody else needs a way in, too: write a domain of another name beside it',
  ],
  [
    'TLS of an SES that sends nothing',
    { deployment: { sesTls: 'REQUIRE' } },
    'deployment.sesTls: no copy goes by SES: take it out, or write "ses:" as deployment.relayUrl',
  ],
  [
    'two ways in for mail',
    { mailbox: { url: 'imaps://mail.example.org', of: 'relay' } },
    'deployment.receiving: mail comes by SES or by the mailbox of a relay, not by both: write "elsewhere", or take mailbox out',
  ],
  [
    'a HISP that cannot answer',
    { deployment: { relayUrl: 'hisp+xdr://hisp.example/xdr' } },
    'hisp.clients: nobody could say that a copy by XDR was delivered: write by which subject the HISP calls, or its mailbox as mailbox',
  ],
  [
    'a sender twice, in other letters',
    { senders: [SENDER, { ...SENDER, address: 'Records@direct.example.org' }] },
    'senders.1.address: senders.0 has the same address: write another, or take one of the two out',
  ],
  [
    'a system that sends for nobody',
    { xdr: [{ subject: 'ehr', senders: ['other@direct.example.org'] }] },
    'xdr.0.senders.0: nobody sends from this address: write the address of one of senders',
  ],
  [
    'a system twice',
    { xdr: [{ subject: 'ehr' }, { subject: 'ehr' }] },
    'xdr.1.subject: xdr.0 is the same system: write both as one entry',
  ],
  [
    'a relay in a private network',
    { deployment: { network: { kind: 'none' }, relayUrl: 'smtps://10.1.2.3' } },
    'deployment.relayUrl: 10.1.2.3 is a host of a private network, which the functions do not reach: write a host that everybody reaches, or a network of kind vpc as deployment.network',
  ],
  [
    'a relay behind a closed port',
    { deployment: { relayUrl: 'smtp://relay.example.org:25' } },
    'deployment.relayUrl: AWS lets no function reach port 25: write port 465 with smtps or 587 with smtp',
  ],
  [
    'resolvers that cannot be read',
    { deployment: { resolvers: '10.0.0.2 10.0.0.3' } },
    'deployment.resolvers: write "system", or host:port of each with commas between',
  ],
  [
    'a network that begins elsewhere',
    { deployment: { network: { kind: 'vpc', cidr: '10.20.1.0/16' } } },
    'deployment.network.cidr: 10.20.1.0 is not where the network begins: write 10.20.0.0/16',
  ],
  [
    'a network of no addresses',
    { deployment: { network: { kind: 'vpc', cidr: '10.320.0.0/16' } } },
    'deployment.network.cidr: write four numbers up to 255 and a length, as 10.20.0.0/16',
  ],
  [
    'a network that is not private',
    { deployment: { network: { kind: 'vpc', cidr: '8.8.0.0/16' } } },
    'deployment.network.cidr: write addresses of a private network, for example 10.20.0.0/16',
  ],
  [
    'a key of another region',
    { deployment: { signingKeys: [KEY] } },
    'deployment.signingKeys.0: it is of us-west-2 and deployment.region is us-east-1: write one of us-east-1',
  ],
  [
    'the inner network open to strangers',
    { outboundLoopback: true },
    'outboundLoopback: it opens the inner network to strangers and is for the stages local and test only: write false',
  ],
  [
    'a lease shorter than the work',
    { deadlines: { leaseSeconds: 60 } },
    'deadlines.leaseSeconds: a worker may take 120 seconds over a copy: write more than 120',
  ],
  [
    'a grace longer than all',
    { deadlines: { uncertainGraceSeconds: 300_000 } },
    'deadlines.unresolvedAfterSeconds: a copy would be given up before it is looked at: write more than deadlines.uncertainGraceSeconds',
  ],
  [
    'a batch that closes before it is quiet',
    { triggers: { atMostSeconds: 10 } },
    'triggers.atMostSeconds: a batch would close before it could be quiet: write at least triggers.quietSeconds',
  ],
  [
    'documents gone before they are sent',
    { deadlines: { retryForSeconds: 200_000 }, retention: { supersededRecordDays: 2 } },
    'retention.supersededRecordDays: a document would be gone while its copies are tried again: write at least 3',
  ],
  [
    'an audit shorter than what it shows',
    { retention: { auditYears: 1 } },
    'retention.auditYears: write at least 7: the audit shows what became of everything else',
  ],
  [
    'an event that there is not',
    { triggers: { atOnce: ['dischrage'] } },
    'triggers.atOnce.0: write a kind of event',
  ],
];
