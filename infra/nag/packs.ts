import { AwsSolutionsChecks, HIPAASecurityChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** One resource that breaks one rule. */
export interface Finding {
  /** With its pack, as `AwsSolutions-IAM5`. */
  readonly rule: string;
  /** Of a rule that looks at several things in one resource, which one: `Resource::*`. */
  readonly detail: string | undefined;
  /** Of the resource, below its stage: `Foundation/Scratch/Table/Resource`. */
  readonly path: string;
  readonly says: string;
}

const packs = (): readonly NagPack[] => [
  new AwsSolutionsChecks(),
  new HIPAASecurityChecks(),
  new ServerlessChecks(),
];

/** Everything that the packs of rules find in the constructs of an app, which need not be synthesised. */
export const findingsIn = (app: IConstruct): Finding[] =>
  packs().flatMap((pack) =>
    pack.validateScope(app).violations.flatMap(({ ruleName, description, violatingResources }) => {
      const [rule = ruleName, detail] = ruleName.split(/\[(.*)\]$/s);
      return violatingResources.map(({ constructPath = '' }) => ({
        rule,
        detail,
        path: constructPath.replace(/^DirectTransmit-[a-z0-9-]+-(?=[A-Z])/, ''),
        says: description,
      }));
    }),
  );
