import type { ReceiptRule } from '@aws-sdk/client-ses';
import { receivesBySes } from '../../../ses-use.ts';
import type { Check } from '../check.ts';
import { activeRules } from '../asking/ses-account.ts';
import { well, wrong } from '../finding.ts';

/** Where SES takes mail in: whether the rules that are active bring the mail of each sender to us. */
export const receiptRules: Check = {
  name: 'ses in',
  async look({ config, deployed }) {
    const { settings, deployment } = config;
    if (!receivesBySes(deployment, settings)) return [well('No mail is taken in by SES.')];
    const { Metadata, Rules = [] } = await activeRules();
    const wanted = deployment.receiptRuleSet ?? `direct-transmit-${settings.stage}`;
    const activate = 'Deploy the mail stack, or name the set that is active in deployment.receiptRuleSet.'; // prettier-ignore
    if (Metadata?.Name === undefined) {
      return [wrong('No set of receipt rules is active: SES takes no mail in.', activate)];
    }
    if (Metadata.Name !== wanted) {
      return [wrong(`The set of receipt rules ${Metadata.Name} is active, and not ${wanted}.`, activate)]; // prettier-ignore
    }
    const forgotten = settings.senders
      .map(({ address }) => address)
      .filter((address) => !Rules.some((rule) => takes(rule, address.toLowerCase())));
    // What is around the local system knows which set is active, and not what is in it.
    return forgotten.length > 0 && !deployed.isLocal
      ? [wrong(`The rules of ${wanted} take no mail in for ${forgotten.join(', ')}.`, 'Deploy the mail stack again.')] // prettier-ignore
      : [well(`The set of receipt rules ${wanted} is active.`)];
  },
};

/** For an address by itself, by its domain, or because no recipient is named. */
function takes({ Enabled, Recipients = [] }: ReceiptRule, address: string): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  const named = Recipients.map((each) => each.toLowerCase());
  return Enabled === true && (named.length === 0 || named.includes(address) || named.includes(domain)); // prettier-ignore
}
