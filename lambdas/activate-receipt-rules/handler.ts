import { onCustomResource, type ResourcePorts } from '../../shared/edge/custom-resource.ts';
import {
  activateRules,
  deactivateRules,
} from '../../shared/notification/receipt-rules/activate.ts';
import type { ActiveRuleSet } from '../../shared/notification/receipt-rules/active-rule-set.ts';

export interface ActivateReceiptRulesPorts extends ResourcePorts {
  /** Ours: what an event names is not looked at. */
  readonly ruleSet: string;
  readonly active: ActiveRuleSet;
}

/** When the stage is deployed, SES begins to take in mail by its rules; when the stage is removed, it ends. */
export const makeHandler = ({ ruleSet, active, ...ports }: ActivateReceiptRulesPorts) =>
  onCustomResource(
    {
      keep: () => activateRules(ruleSet, active),
      remove: () => deactivateRules(ruleSet, active),
    },
    ports,
  );
