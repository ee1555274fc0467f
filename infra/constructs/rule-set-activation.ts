import { CustomResource, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HandlerFunction, type FunctionDefaults } from './handler-function.ts';
import { SETTINGS_FILE, type Setting } from './setting.ts';

export interface RuleSetActivationProps {
  readonly ruleSet: string;
  readonly defaults: FunctionDefaults;
}

const TIMEOUT = Duration.minutes(1);

/**
 * Has SES take in mail by a set of receipt rules from when it is deployed until it is removed, which CloudFormation has no
 * resource for. Where another set is active the deployment fails, and that one stays.
 */
export class RuleSetActivation extends Construct {
  constructor(scope: Construct, id: string, { ruleSet, defaults }: RuleSetActivationProps) {
    super(scope, id);
    const worker = new HandlerFunction(this, 'Worker', {
      name: 'activate-receipt-rules',
      env: { RECEIPT_RULE_SET: activating(ruleSet), SETTINGS_FILE },
      timeout: TIMEOUT,
      defaults,
    });
    new CustomResource(this, 'Active', {
      resourceType: 'Custom::ActiveRuleSet',
      serviceToken: worker.function.functionArn,
      // Lambda calls three times at most, and waits for a minute and for two in between.
      serviceTimeout: Duration.minutes(3 * TIMEOUT.toMinutes() + 5),
      properties: { RuleSetName: ruleSet },
    });
  }
}

const activating = (ruleSet: string): Setting => ({
  value: ruleSet,
  allows: [
    {
      actions: ['ses:DescribeActiveReceiptRuleSet', 'ses:SetActiveReceiptRuleSet'],
      // Of the account: for these two there is no smaller resource to name.
      resources: ['*'],
    },
  ],
});
