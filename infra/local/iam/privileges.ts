import { ACCOUNT, REGION } from '../assembly/physical.ts';
import type { Role } from './roles.ts';
import { decide, isAbout, type Call, type Statement } from './statement.ts';

/** Something that a role allows: one action, with one resource, under the conditions that its statement has. */
export interface Grant {
  /** Of the function. */
  readonly functionName: string;
  readonly action: string;
  readonly resource: string;
  readonly conditions: Statement['conditions'];
}

/** A call that a function may not make. */
export interface Refusal {
  readonly functionName: string;
  readonly action: string;
  /** ARN; of an object only its bucket. */
  readonly resource: string;
  /** As AWS says it, the whole ARN in it. */
  readonly message: string;
}

/** For people. */
export const inWords = ({ functionName, action, resource }: Refusal): string =>
  `${functionName} lacks ${action} on ${resource}`;

/** What the functions' roles allow, what of it was used, and what was asked for beyond. */
export interface Privileges {
  /** Nothing when the function may make all the calls; otherwise the first that it may not. Both are noted. */
  refusalOf(functionName: string, calls: readonly Call[]): Refusal | undefined;
  knows(functionName: string): boolean;
  readonly functionNames: readonly string[];
  readonly grants: readonly Grant[];
  readonly unused: readonly Grant[];
  /** Each once. */
  readonly refusals: readonly Refusal[];
}

const WHY = {
  'no-allow': (action: string) => `because no identity-based policy allows the ${action} action`,
  deny: () => 'because of an explicit deny in a policy',
} as const;

/** @param refused is told of each call that is refused, also of repeated ones */
export function privilegesOf(
  roles: ReadonlyMap<string, Role>,
  denials: readonly Statement[],
  refused: (refusal: Refusal) => void,
): Privileges {
  const grants = [...roles].flatMap(([name, { statements }]) =>
    statements.flatMap((statement) => grantsOf(name, statement)),
  );
  const used = new Set<string>();
  const refusals = new Map<string, Refusal>();

  return {
    refusalOf(functionName, calls) {
      for (const call of calls.map(madeBy(functionName))) {
        const judged = judge(functionName, call, roles.get(functionName) ?? NOBODY, denials);
        if ('by' in judged) judged.by.forEach((grant) => used.add(idOf(grant)));
        else {
          refusals.set(`${functionName} ${judged.action} ${judged.resource}`, judged);
          refused(judged);
          return judged;
        }
      }
      return undefined;
    },
    knows: (functionName) => roles.has(functionName),
    functionNames: [...roles.keys()],
    grants,
    get unused() {
      return grants.filter((grant) => !used.has(idOf(grant)));
    },
    get refusals() {
      return [...refusals.values()];
    },
  };
}

/** Lambda says of each call by code whose code it is; of what it does itself in the name of a role, it does not. */
const madeBy =
  (functionName: string) =>
  ({ context, ...call }: Call): Call => ({
    ...call,
    context: {
      ...context,
      'lambda:SourceFunctionArn': [`arn:aws:lambda:${REGION}:${ACCOUNT}:function:${functionName}`],
    },
  });

const NOBODY: Role = { name: 'nobody', statements: [] };

/** The grants that let a call go, or why it may not. */
function judge(
  functionName: string,
  call: Call,
  role: Role,
  denials: readonly Statement[],
): { readonly by: readonly Grant[] } | Refusal {
  const decision = decide(call, role.statements, denials);
  if (!decision.allowed) {
    return refusal(role.name, functionName, call, WHY[decision.because](call.action));
  }
  const grants = decision.by.flatMap((each) => grantsOf(functionName, each));
  return { by: grants.filter((grant) => isAbout(statementOf(grant), call)) };
}

const grantsOf = (functionName: string, statement: Statement): readonly Grant[] =>
  statement.effect === 'Deny'
    ? []
    : statement.actions.flatMap((action) =>
        statement.resources.map((resource) => ({
          functionName,
          action,
          resource,
          conditions: statement.conditions,
        })),
      );

const statementOf = ({ action, resource, conditions }: Grant): Statement => ({
  effect: 'Allow',
  actions: [action],
  resources: [resource],
  conditions,
  principal: undefined,
});

const idOf = ({ functionName, action, resource, conditions }: Grant): string =>
  JSON.stringify([functionName, action, resource, conditions]);

function refusal(role: string, functionName: string, call: Call, why: string): Refusal {
  const { action, resource } = call;
  const user = `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${functionName}`;
  return {
    functionName,
    action,
    resource: resource.startsWith('arn:aws:s3:::') ? (resource.split('/')[0] ?? '') : resource,
    message: `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  };
}
