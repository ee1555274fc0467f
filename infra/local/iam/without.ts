import * as z from 'zod';
import type { Assembly, Stack } from '../assembly/template.ts';
import { isMeantAction } from './wildcard.ts';

/** A permission that the templates give, to see what happens without it. */
export interface Permission {
  /** As `send-transmission`, without the stage. */
  readonly function: string;
  /** As `s3:PutObject`; it goes from every resource that the function has it for. */
  readonly action: string;
}

/** `send-transmission:s3:PutObject` */
export function permissionIn(text: string): Permission {
  const [, name, action] = /^([a-z-]+):([a-z0-9]+:\w+)$/.exec(text) ?? [];
  if (!name || !action)
    throw new Error(`"${text}" is no permission; write FUNCTION:SERVICE:ACTION`);
  return { function: name, action };
}

/**
 * The assembly as it would be had somebody forgotten a permission.
 *
 * @throws Error when nobody had given it
 */
export function withoutPermission(assembly: Assembly, { action, ...of }: Permission): Assembly {
  let taken = 0;
  const stacks = assembly.stacks.map((stack): Stack => {
    const roles = rolesOf(stack, of.function);
    const resources = Object.entries(stack.template.Resources).map(([id, resource]) => {
      const policy = PolicyOfRoles.safeParse(resource.Properties).data;
      if (!policy?.Roles.some(({ Ref }) => roles.includes(Ref))) return [id, resource] as const;
      const statements = policy.PolicyDocument.Statement.flatMap((statement) => {
        const kept = statement.Action.filter((each) => !isMeantAction(each, action));
        taken += statement.Action.length - kept.length;
        return kept.length > 0 ? [{ ...statement, Action: kept }] : [];
      });
      const document = { ...policy.PolicyDocument, Statement: statements };
      return [id, { ...resource, Properties: { ...policy, PolicyDocument: document } }] as const;
    });
    const template = { ...stack.template, Resources: Object.fromEntries(resources) };
    return { ...stack, template };
  });
  if (taken === 0) throw new Error(`The role of ${of.function} does not allow ${action}`);
  return { ...assembly, stacks };
}

const Actions = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const PolicyOfRoles = z.looseObject({
  Roles: z.array(z.object({ Ref: z.string() })),
  PolicyDocument: z.looseObject({ Statement: z.array(z.looseObject({ Action: Actions })) }),
});

const FunctionOfRole = z.looseObject({
  FunctionName: z.string(),
  Role: z.object({ 'Fn::GetAtt': z.tuple([z.string(), z.literal('Arn')]) }),
});

/** `DirectTransmit-two-facilities-Core`: names of stages have hyphens as well, those of stacks have none. */
const stageOf = ({ name }: Stack): string => name.replace(/^DirectTransmit-(.+)-[^-]+$/, '$1');

/** Logical ids of the roles of a function, whatever the stage. */
const rolesOf = (stack: Stack, name: string): readonly string[] =>
  Object.values(stack.template.Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => FunctionOfRole.safeParse(Properties).data)
    .filter((each) => each?.FunctionName === `direct-transmit-${stageOf(stack)}-${name}`)
    .map((each) => each?.Role['Fn::GetAtt'][0] ?? '');
