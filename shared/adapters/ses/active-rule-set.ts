import {
  DescribeActiveReceiptRuleSetCommand,
  SESClient,
  SetActiveReceiptRuleSetCommand,
} from '@aws-sdk/client-ses';
import type { ActiveRuleSet } from '../../notification/receipt-rules/active-rule-set.ts';
import { REQUEST_HANDLER } from '../request-handler.ts';

/** The active set of receipt rules of SES, in the account and the region of the function. */
export function sesActiveRuleSet(): ActiveRuleSet {
  const ses = new SESClient({ requestHandler: REQUEST_HANDLER });
  return {
    async read() {
      const { Metadata } = await ses.send(new DescribeActiveReceiptRuleSetCommand({}));
      return Metadata?.Name;
    },
    async write(name) {
      // Without a name no set is active any more.
      await ses.send(new SetActiveReceiptRuleSetCommand({ ...(name && { RuleSetName: name }) }));
    },
  };
}
