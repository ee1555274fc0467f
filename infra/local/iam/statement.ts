import * as z from 'zod';
import { allHold, refuseUnknown, type Conditions, type Context } from './conditions.ts';
import { isMeant, isMeantAction } from './wildcard.ts';

/** One thing that a call to AWS does with one resource. */
export interface Call {
  /** As policies write it, `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  readonly context: Context;
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Conditions;
  /** Of a policy of a resource: whom it means, as it is written there. */
  readonly principal: unknown;
}

const Texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
/** Conditions may say numbers and booleans without quotation marks. */
const Value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Values = z.union([Value.transform((one) => [one]), z.array(Value)]);

/** Strict: what a statement means by `NotAction` or anything else that is not here, nobody here would see. */
const Written = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: Texts,
  Resource: Texts,
  Principal: z.unknown().optional(),
  Condition: z.record(z.string(), z.record(z.string(), Values)).default({}),
});

const Document = z.looseObject({
  Statement: z.union([Written.transform((one) => [one]), z.array(Written)]),
});

/** @throws Error naming what a statement has that is not known here */
export const statementsIn = (document: unknown): readonly Statement[] =>
  Document.parse(document).Statement.map((written) => {
    refuseUnknown(written.Condition);
    return {
      effect: written.Effect,
      actions: written.Action,
      resources: written.Resource,
      conditions: written.Condition,
      principal: written.Principal,
    };
  });

/** Whether a statement is about a call: its action, its resource, and all its conditions. */
export const isAbout = (statement: Statement, { action, resource, context }: Call): boolean =>
  statement.actions.some((pattern) => isMeantAction(pattern, action)) &&
  statement.resources.some((pattern) => isMeant(pattern, resource)) &&
  allHold(statement.conditions, context);

export type Decision =
  | { readonly allowed: true; readonly by: readonly Statement[] }
  | { readonly allowed: false; readonly because: 'no-allow' | 'deny' };

/** IAM's own order: a Deny of anybody ends it, and without an Allow of the role nothing goes. */
export function decide(
  call: Call,
  granted: readonly Statement[],
  denied: readonly Statement[],
): Decision {
  const isDenied = [...granted, ...denied].some((each) => each.effect === 'Deny' && isAbout(each, call)); // prettier-ignore
  if (isDenied) return { allowed: false, because: 'deny' };
  const by = granted.filter((each) => each.effect === 'Allow' && isAbout(each, call));
  return by.length > 0 ? { allowed: true, by } : { allowed: false, because: 'no-allow' };
}
