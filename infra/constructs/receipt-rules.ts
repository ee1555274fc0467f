import { Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { CfnReceiptRule, CfnReceiptRuleSet } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { FunctionDefaults } from './handler-function.ts';
import { RECEIVED_FOLDER } from './mail-bucket.ts';
import { RuleSetActivation } from './rule-set-activation.ts';

export interface ReceiptRulesProps {
  /** Whose mail is taken in; mail to anybody else is not. */
  readonly addresses: readonly string[];
  readonly bucket: Bucket;
  /** Encrypts it. */
  readonly key: IKey;
  /** A set that is there and active. @default one of the stage's own, which is activated */
  readonly foreignSet?: string;
  readonly defaults: FunctionDefaults;
}

const SES = new ServicePrincipal('ses.amazonaws.com');

/** As many recipients as SES takes in one rule. */
const ADDRESSES_PER_RULE = 100;

/** SES takes in mail for the senders and puts it into a bucket as it came. */
export class ReceiptRules extends Construct {
  readonly #props: ReceiptRulesProps;
  /** Of the set, and with a number behind it of each rule. */
  readonly #name: string;

  constructor(scope: Construct, id: string, props: ReceiptRulesProps) {
    super(scope, id);
    this.#props = props;
    this.#name = `direct-transmit-${props.defaults.settings.stage}`;
    const { addresses, foreignSet, defaults } = props;
    const set = foreignSet ?? this.#name;
    const chunks = inChunks(addresses, ADDRESSES_PER_RULE);
    this.#letSesWrite(chunks.map((_, at) => this.#arnOf(set, at)));
    const ownSet =
      foreignSet === undefined
        ? new CfnReceiptRuleSet(this, 'Set', { ruleSetName: set })
        : undefined;
    const rules = chunks.map((recipients, at) => this.#rule(set, at, recipients));
    if (!ownSet) return;
    for (const rule of rules) rule.node.addDependency(ownSet);
    const activation = new RuleSetActivation(this, 'Activation', { ruleSet: set, defaults });
    // Mail that comes in before there is a rule is refused, and the set cannot be removed while it is active.
    activation.node.addDependency(ownSet, ...rules);
  }

  #rule(ruleSetName: string, at: number, recipients: readonly string[]): CfnReceiptRule {
    const { bucket } = this.#props;
    const rule = new CfnReceiptRule(this, at === 0 ? 'Rule' : `Rule${at + 1}`, {
      ruleSetName,
      rule: {
        name: this.#ruleName(at),
        enabled: true,
        recipients: [...recipients],
        // A partner without TLS still has a notice to deliver, and what it delivers is encrypted itself.
        tlsPolicy: 'Optional',
        // Nothing can be scanned in what is encrypted.
        scanEnabled: false,
        actions: [
          { s3Action: { bucketName: bucket.bucketName, objectKeyPrefix: RECEIVED_FOLDER } },
        ],
      },
    });
    // SES writes an object to try its permissions when the rule is made.
    rule.node.addDependency(bucket);
    return rule;
  }

  /** Rules of other stages may lie in the same set. */
  #ruleName(at: number): string {
    return at === 0 ? this.#name : `${this.#name}-${at + 1}`;
  }

  #arnOf(set: string, at: number): string {
    return Stack.of(this).formatArn({
      service: 'ses',
      resource: 'receipt-rule-set',
      resourceName: `${set}:receipt-rule/${this.#ruleName(at)}`,
    });
  }

  #letSesWrite(rules: readonly string[]): void {
    const { bucket, key } = this.#props;
    const onlyTheRules = {
      StringEquals: {
        'aws:SourceAccount': Aws.ACCOUNT_ID,
        'aws:SourceArn': rules.length === 1 ? rules[0] : rules,
      },
    };
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [SES],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`${RECEIVED_FOLDER}*`)],
        conditions: onlyTheRules,
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [SES],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        // In a key policy the resource is the key itself and is written `*`.
        resources: ['*'],
        conditions: onlyTheRules,
      }),
    );
  }
}

function inChunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / size);
  return Array.from({ length: count }, (_, at) => all.slice(at * size, (at + 1) * size));
}
