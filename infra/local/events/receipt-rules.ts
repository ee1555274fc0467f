import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import type { Buckets } from '../engines/queues-and-buckets.ts';

const S3Action = z.object({ BucketName: z.string(), ObjectKeyPrefix: z.string().default('') });

const Rule = z.object({
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
  /** Puts the message where the rules of its recipients say; the bucket announces it. */
  take(raw: Uint8Array, recipients: readonly string[]): Promise<void>;
}

export function mailIntake(deployment: Deployment, buckets: Buckets): MailIntake {
  const rules = deployment
    .resources('AWS::SES::ReceiptRule', Rule)
    .map(({ properties }) => properties.Rule)
    .filter((rule) => rule.Enabled);
  const rulesFor = (address: string): typeof rules =>
    rules.filter(({ Recipients: all }) => all.length === 0 || all.some(covers(address)));
  return {
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
