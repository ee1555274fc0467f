import * as z from 'zod';
import type { Deployment } from '../assembly/deployment.ts';
import { statementsIn, type Statement } from './statement.ts';

/** The role that a function runs in. */
export interface Role {
  readonly name: string;
  readonly statements: readonly Statement[];
}

const Inline = z.array(z.object({ PolicyDocument: z.unknown() })).default([]);

const RoleResource = z.object({
  RoleName: z.string().optional(),
  Policies: Inline,
  ManagedPolicyArns: z.array(z.string()).default([]),
});

const Policy = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.string()).default([]) });

const LambdaFunction = z.object({ Role: z.string() });

/**
 * What each function may do by the policies of its role, by function name.
 *
 * @param names of the functions that run here: roles of others are not read
 * @throws Error naming the policy that cannot be evaluated here
 */
export function rolesOf(
  deployment: Deployment,
  names: readonly string[],
): ReadonlyMap<string, Role> {
  const policies = policiesOf(deployment);
  const roles = deployment.resources('AWS::IAM::Role', RoleResource);
  const functions = deployment.resources('AWS::Lambda::Function', LambdaFunction);
  return new Map(
    functions
      .filter(({ ref }) => names.includes(ref))
      .map(({ ref, properties }) => {
        const role = roles.find(({ attributes }) => attributes['Arn'] === properties.Role);
        if (!role) throw new Error(`The function ${ref} has no role that the templates make`);
        const documents = [
          ...role.properties.Policies.map(({ PolicyDocument }) => PolicyDocument),
          ...policies.filter(({ roleNames }) => roleNames.includes(role.ref)).map(documentOf),
          ...role.properties.ManagedPolicyArns.map((arn) => managed(arn, policies)),
        ];
        return [ref, { name: role.ref, statements: documents.flatMap(readOf(ref)) }] as const;
      }),
  );
}

interface AttachedPolicy {
  readonly ref: string;
  readonly roleNames: readonly string[];
  readonly document: unknown;
}

const policiesOf = (deployment: Deployment): readonly AttachedPolicy[] =>
  ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
    deployment.resources(type, Policy).map(({ ref, properties }) => ({
      ref,
      roleNames: properties.Roles,
      document: properties.PolicyDocument,
    })),
  );

const documentOf = ({ document }: AttachedPolicy): unknown => document;

function managed(arn: string, policies: readonly AttachedPolicy[]): unknown {
  const own = policies.find(({ ref }) => ref === arn);
  if (!own) throw new Error(`The local system does not know what the policy ${arn} allows`);
  return own.document;
}

const readOf =
  (functionName: string) =>
  (document: unknown): readonly Statement[] => {
    try {
      return statementsIn(document);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`The role of ${functionName}: ${why}`, { cause: error });
    }
  };
