import type { App } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { readConfig } from '../../../infra/config.ts';
import { directTransmit } from '../../../infra/direct-transmit.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** As loose as the construct library's own: a test says what shape it expects. */
type Properties = ReturnType<Template['findResources']>[string];

/** A resource of one of the templates. Its id is the logical one without the hash at the end. */
export interface Resource {
  readonly id: string;
  readonly stack: string;
  readonly type: string;
  readonly properties: Properties;
  readonly deletionPolicy: string | undefined;
  readonly dependsOn: readonly string[];
}

interface Written {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: readonly string[];
}

export const SANDBOX = readConfig({ stage: 'sandbox' });

/** All resources of the sandbox stage, with stubs for functions. */
export const sandboxResources = (): readonly Resource[] =>
  resourcesOf(directTransmit({ config: SANDBOX, outdir: temporaryFolder() }));

export const resourcesOf = (app: App): readonly Resource[] =>
  synthesised(app).stacks.flatMap(({ stackName, template }) =>
    Object.entries(template.Resources as Record<string, Written>).map(([id, written]) => ({
      id: withoutHash(id),
      stack: stackName.split('-').at(-1) ?? '',
      type: written.Type,
      properties: written.Properties ?? {},
      deletionPolicy: written.DeletionPolicy,
      dependsOn: (written.DependsOn ?? []).map(withoutHash),
    })),
  );

/**
 * Without the construct library's own look at the templates, which takes longer than all else together. valid.test.ts has it.
 */
export function synthesised(app: App): ReturnType<App['synth']> {
  process.env['CDK_VALIDATION'] = 'false';
  try {
    return app.synth();
  } finally {
    delete process.env['CDK_VALIDATION'];
  }
}

/** `MailBucketC2C0137B` > `MailBucket` */
const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

/**
 * What a value of a template names, as text: the ids of resources, of this stack or another, in place of references.
 * `{"Fn::Join": ["", [{"Fn::GetAtt": ["MailBucketC2C0137B", "Arn"]}, "/*"]]}` > `MailBucket/*`
 */
export function named(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [name, argument] = Object.entries(value)[0] as [string, unknown];
  switch (name) {
    case 'Ref':
      return withoutHash(String(argument));
    case 'Fn::GetAtt':
      return withoutHash((argument as [string, string])[0]);
    case 'Fn::ImportValue':
      return withoutHash(
        String(argument)
          .replace(/^.*ExportsOutput(Ref|FnGetAtt)/, '')
          .replace(/(Arn|StreamArn)?[0-9A-F]{8}$/, ''),
      );
    case 'Fn::Join':
      return (argument as [string, unknown[]])[1].map(named).join('');
    default:
      throw new Error(`This test does not know ${name}`);
  }
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly principal: unknown;
  readonly conditions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface WrittenStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Statement['conditions'];
}

export const statementsOf = (document: unknown): Statement[] =>
  (document as { Statement: WrittenStatement[] }).Statement.map((written) => ({
    effect: written.Effect,
    actions: [written.Action].flat(),
    resources: [written.Resource].flat().map(named),
    principal: written.Principal,
    conditions: written.Condition ?? {},
  }));
