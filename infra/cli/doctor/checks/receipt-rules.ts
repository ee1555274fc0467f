import type { Check } from '../check.ts';
import { activeRules } from '../asking/ses-account.ts';
import { well, wrong } from '../finding.ts';

/** Where SES takes mail in: whether the rules that are active bring the mail of each sender to us. */
export const receiptRules: Check = {
  name: 'ses in',
  async look({ config: { settings, deployment } }) {
    const receiving = deployment.receiving ?? (settings.mailbox ? 'elsewhere' : 'ses');
    if (receiving === 'elsewhere') return [well('No mail is taken in by SES.')];
    const { Metadata, Rules = [] } = await activeRules();
    const wanted = deployment.receiptRuleSet ?? `direct-transmit-${settings.stage}`;
    const activate = 'Deploy the mail stack, or name the set that is active in deployment.receiptRuleSet.'; // prettier-ignore
    if (Metadata?.Name === undefined) return [wrong('No set of receipt rules is active: SES takes no mail in.', activate)]; // prettier-ignore
    if (Metadata.Name !== wanted) {
      return [wrong(`The set of receipt rules ${Metadata.Name} is active, and not ${wanted}.`, activate)]; // prettier-ignore
    }
    const taken = new Set(Rules.filter(({ Enabled }) => Enabled).flatMap(({ Recipients = [] }) => Recipients.map((each) => each.toLowerCase()))); // prettier-ignore
    const forgotten = settings.senders
      .map(({ address }) => address)
      .filter((address) => !taken.has(address.toLowerCase()));
    return forgotten.length > 0 && Rules.length > 0
      ? [wrong(`The rules of ${wanted} take no mail in for ${forgotten.join(', ')}.`, 'Deploy the mail stack again.')] // prettier-ignore
      : [well(`The set of receipt rules ${wanted} is active.`)];
  },
};
