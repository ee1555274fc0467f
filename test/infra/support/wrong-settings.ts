import { SENDER, type Case } from './patched-examples.ts';

/** A setting by itself. */
export const FAULTS: readonly Case[] = [
  ['that is missing', { holderName: undefined }, 'holderName is missing: write a text'],
  [
    'that is missing in a list',
    { senders: [{ ...SENDER, contact: undefined }] },
    'senders.0.contact is missing: write a text',
  ],
  [
    'that is misspelt',
    { holdername: 'A', holderName: undefined },
    'holdername: there is no such setting, write holderName',
  ],
  [
    'that is misspelt below',
    { deployment: { relayURL: 'ses:' } },
    'deployment.relayURL: there is no such setting, write relayUrl',
  ],
  [
    'that belongs elsewhere',
    { relayUrl: 'ses:' },
    'relayUrl: there is no such setting, write deployment.relayUrl',
  ],
  [
    'that is misspelt in a list',
    { senders: [{ ...SENDER, organisationOid: '1.2' }] },
    'senders.0.organisationOid: there is no such setting, write organizationOid',
  ],
  [
    'that is misspelt in one of several forms',
    { deployment: { network: { kind: 'vpc', cdir: '10.1.0.0/16' } } },
    'deployment.network.cdir: there is no such setting, write cidr',
  ],
  [
    'that there is not',
    { deployment: { network: { kind: 'none', colour: 'red' } } },
    'deployment.network.colour: there is no such setting, take it out or write one of availabilityZones, cidr, kind',
  ],
  [
    'with a word that is none',
    { trust: { policy: 'any' } },
    'trust.policy: write "bundle" or "any-valid"',
  ],
  [
    'of a form that is none',
    { deployment: { network: { kind: 'vpn' } } },
    'deployment.network.kind: write "none" or "vpc"',
  ],
  ['that is no number', { maxMessageBytes: '10 MB' }, 'maxMessageBytes: write a number'],
  [
    'that is too small',
    { deadlines: { leaseSeconds: 0 } },
    'deadlines.leaseSeconds: write more than 0',
  ],
  [
    'in clear',
    { deployment: { issuerUrl: 'http://login.example.org' } },
    'deployment.issuerUrl: write a URL that begins with https://',
  ],
  [
    'that is no email address',
    { deployment: { alarmEmails: ['me'] } },
    'deployment.alarmEmails.0: write an email address',
  ],
  [
    'that is no Direct address',
    { senders: [{ ...SENDER, address: 'us' }] },
    'senders.0.address: write a Direct address',
  ],
  [
    'whose key is none',
    { relay: { routes: { 'Clinic.example': 'ses:' } } },
    'relay.routes.Clinic.example: write a key that is a domain in lower case',
  ],
  ['that is no object', { deployment: 'aws' }, 'deployment: write an object'],
  [
    'acknowledged that needs not be',
    { stage: 'production', deployment: { acknowledged: ['all'] } },
    'deployment.acknowledged.0: write "any-valid" or "soft-fail" or "sha-1" or "short-keys" or "ses-receiving" or "old-tls"',
  ],
  [
    'of a certificate that CloudFront does not read',
    {
      deployment: {
        portal: { domain: { certificateArn: 'arn:aws:acm:us-west-2:111122223333:certificate/1' } },
      },
    },
    'deployment.portal.domain.certificateArn: write arn:aws:acm:us-east-1:<account>:certificate/<id>: CloudFront takes certificates of that region alone',
  ],
  [
    'of a country by an informal name',
    { deployment: { portal: { countries: ['US', 'UK'] } } },
    'deployment.portal.countries.1: write a country as ISO 3166 does: two capital letters',
  ],
];
