import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import type { Buckets } from '../engines/queues-and-buckets.ts';

const S3Action = z.object({ BucketName: z.string(), ObjectKeyPrefix: z.string().default('') });

const Rule = z.object({
  RuleSetName: z.string(),
  Rule: z.object({
    Enabled: z.boolean().default(false),
    /** None means all. */
    Recipients: z.array(z.string()).default([]),
    Actions: z.array(z.looseObject({ S3Action: S3Action.optional() })).default([]),
  }),
});

/** Mail that comes in, as the template's receipt rules of SES treat it. */
export interface MailIntake {
  takesMailFor(address: string): boolean;
  /** From now on by the rules of the set that is active alone; until then by all of them. */
  follow(activeRuleSet: () => string | undefined): void;
  /** Puts the message where the rules of its recipients say; the bucket announces it. */
  take(raw: Uint8Array, recipients: readonly string[]): Promise<void>;
}

export function mailIntake(deployment: Deployment, buckets: Buckets): MailIntake {
  let active: (() => string | undefined) | undefined;
  const enabled = deployment
    .resources('AWS::SES::ReceiptRule', Rule)
    .map(({ properties }) => properties)
    .filter(({ Rule: rule }) => rule.Enabled);
  const rulesFor = (address: string): z.output<typeof Rule>['Rule'][] =>
    enabled
      .filter(({ RuleSetName: ruleSet }) => !active || active() === ruleSet)
      .map(({ Rule: rule }) => rule)
      .filter(({ Recipients: all }) => all.length === 0 || all.some(covers(address)));
  return {
    follow: (activeRuleSet) => {
      active = activeRuleSet;
    },
    takesMailFor: (address) => rulesFor(address).length > 0,
    async take(raw, recipients) {
      for (const rule of new Set(recipients.flatMap(rulesFor))) {
        for (const { S3Action: action } of rule.Actions) {
          if (!action) continue;
          const key = `${action.ObjectKeyPrefix}${randomBytes(20).toString('hex')}`;
          await buckets.put(action.BucketName, key, raw);
        }
      }
    },
  };
}

/** A recipient of a rule is an address, a domain, or a domain with all below it (`.example.org`). */
const covers =
  (address: string) =>
  (recipient: string): boolean => {
    const wanted = recipient.toLowerCase();
    const given = address.toLowerCase();
    const domain = given.slice(given.lastIndexOf('@') + 1);
    return given === wanted || domain === wanted || (wanted[0] === '.' && domain.endsWith(wanted));
  };
