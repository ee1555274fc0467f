import { Aws } from 'aws-cdk-lib';
import { CfnEmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';

export interface SesIdentitiesProps {
  /** Domains and addresses. */
  readonly identities: readonly string[];
  /** For what is sent by SES; without it SES only takes in mail. */
  readonly sending?: {
    readonly configurationSet: string;
    /** A label in front of each domain, under which bounces come to SES. */
    readonly mailFrom: string;
  };
}

/** What SES may send as, and whose mail it may take in: each domain proves by its DNS that it is the data holder's. */
export class SesIdentities extends Construct {
  /** By domain, lines of a zone file. An address has none: it gets a mail with a link instead. */
  readonly records = new Map<string, readonly string[]>();
  readonly #sending: SesIdentitiesProps['sending'];

  constructor(scope: Construct, id: string, { identities, sending }: SesIdentitiesProps) {
    super(scope, id);
    this.#sending = sending;
    for (const identity of identities) {
      if (identity.includes('@')) this.#register(identity, {});
      else this.#domain(identity);
    }
  }

  #domain(domain: string): void {
    const mailFromDomain = this.#sending && `${this.#sending.mailFrom}.${domain}`;
    const identity = this.#register(domain, {
      dkimSigningAttributes: { nextSigningKeyLength: 'RSA_2048_BIT' },
      ...(mailFromDomain && {
        mailFromAttributes: {
          mailFromDomain,
          // While its MX cannot be read SES takes a name of its own, as it does without ours. Refusing would hold up every
          // copy whenever a DNS is ill, for a name that no Direct peer looks for.
          behaviorOnMxFailure: 'USE_DEFAULT_VALUE',
        },
      }),
    });
    this.records.set(domain, [
      ...dkimOf(identity),
      ...(mailFromDomain ? mailFromRecords(mailFromDomain, domain) : []),
    ]);
  }

  #register(
    identity: string,
    more: Partial<ConstructorParameters<typeof CfnEmailIdentity>[2]>,
  ): CfnEmailIdentity {
    return new CfnEmailIdentity(this, identity, {
      emailIdentity: identity,
      ...(this.#sending && {
        configurationSetAttributes: { configurationSetName: this.#sending.configurationSet },
      }),
      // What became of a copy comes as events; by mail it would be a notice that nobody vouches for.
      feedbackAttributes: { emailForwardingEnabled: false },
      ...more,
    });
  }
}

/** SES keeps the keys, changes them in time, and takes the answer for a proof. */
const dkimOf = (identity: CfnEmailIdentity): readonly string[] => [
  `${identity.attrDkimDnsTokenName1}. CNAME ${identity.attrDkimDnsTokenValue1}.`,
  `${identity.attrDkimDnsTokenName2}. CNAME ${identity.attrDkimDnsTokenValue2}.`,
  `${identity.attrDkimDnsTokenName3}. CNAME ${identity.attrDkimDnsTokenValue3}.`,
];

const mailFromRecords = (mailFromDomain: string, domain: string): readonly string[] => [
  `${mailFromDomain}. MX 10 feedback-smtp.${Aws.REGION}.amazonses.com.`,
  `${mailFromDomain}. TXT "v=spf1 include:amazonses.com ~all"`,
  // Asks nobody to refuse anything: other relays may send in the same name.
  `_dmarc.${domain}. TXT "v=DMARC1; p=none"`,
];
