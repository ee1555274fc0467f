import { ACCOUNT, REGION, type Physical } from './physical.ts';
import type { Stack } from './template.ts';

/** What the intrinsic functions of one stack may ask for. */
export interface Scope {
  readonly stack: Stack;
  readonly parameters: Readonly<Record<string, string>>;
  readonly physical: (logicalId: string) => Physical | undefined;
  /** The value of an export of any stack. */
  readonly exported: (name: string) => unknown;
  /** The value of an output of one stack, exported or not. */
  readonly outputOf: (stack: string, name: string) => unknown;
}

/** CloudFormation's way to say that a property is not there. */
const NO_VALUE = Symbol('AWS::NoValue');

/**
 * Resolves the intrinsic functions in a value of a template.
 *
 * @throws Error naming the stack and the function, reference or parameter that is not known here
 */
export function resolveIn(scope: Scope, value: unknown): unknown {
  const resolved = resolveValue(scope, value);
  return resolved === NO_VALUE ? undefined : resolved;
}

/** Whether a condition of the stack holds. */
export const holds = (scope: Scope, condition: string): boolean => {
  const written = scope.stack.template.Conditions[condition];
  if (written === undefined) throw unknown(scope, `condition ${condition}`);
  return resolveValue(scope, written) === true;
};

function resolveValue(scope: Scope, value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((each) => resolveValue(scope, each)).filter((each) => each !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1 && name && /^(Ref$|Condition$|Fn::)/.test(name)) {
    return call(scope, name, argument);
  }
  return Object.fromEntries(
    entries
      .map(([key, each]) => [key, resolveValue(scope, each)] as const)
      .filter(([, each]) => each !== NO_VALUE),
  );
}

type Intrinsic = (scope: Scope, argument: unknown) => unknown;

const list = (scope: Scope, argument: unknown): unknown[] => {
  const resolved = resolveValue(scope, argument);
  if (!Array.isArray(resolved)) throw unknown(scope, `a list in ${JSON.stringify(argument)}`);
  return resolved;
};

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (scope, name) => reference(scope, String(name)),
  Condition: (scope, name) => holds(scope, String(name)),
  'Fn::GetAtt': (scope, argument) => {
    const [id = '', ...rest] = Array.isArray(argument)
      ? argument.map(String)
      : String(argument).split('.');
    return attribute(scope, id, rest.join('.'));
  },
  'Fn::Join': (scope, argument) => {
    const [separator, parts] = list(scope, argument);
    return list(scope, parts).map(String).join(String(separator));
  },
  'Fn::Sub': (scope, argument) => substitute(scope, argument),
  'Fn::Select': (scope, argument) => {
    const [index, from] = list(scope, argument);
    return list(scope, from)[Number(index)];
  },
  'Fn::Split': (scope, argument) => {
    const [separator, text] = list(scope, argument);
    return String(text).split(String(separator));
  },
  'Fn::ImportValue': (scope, name) => scope.exported(String(resolveValue(scope, name))),
  'Fn::GetStackOutput': (scope, argument) => {
    const { StackName: stack, OutputName: name } = argument as Readonly<Record<string, unknown>>;
    return scope.outputOf(String(resolveValue(scope, stack)), String(resolveValue(scope, name)));
  },
  'Fn::If': (scope, argument) => {
    const [condition, yes, no] = argument as [string, unknown, unknown];
    return resolveValue(scope, holds(scope, condition) ? yes : no);
  },
  'Fn::Equals': (scope, argument) => {
    const [one, other] = list(scope, argument);
    return one === other;
  },
  'Fn::And': (scope, argument) => list(scope, argument).every((each) => each === true),
  'Fn::Or': (scope, argument) => list(scope, argument).some((each) => each === true),
  'Fn::Not': (scope, argument) => list(scope, argument)[0] !== true,
  'Fn::FindInMap': (scope, argument) => {
    const [map, top, second] = list(scope, argument).map(String) as [string, string, string];
    return scope.stack.template.Mappings[map]?.[top]?.[second];
  },
  'Fn::GetAZs': () => [`${REGION}a`, `${REGION}b`],
  'Fn::Base64': (scope, argument) =>
    Buffer.from(String(resolveValue(scope, argument))).toString('base64'),
};

function call(scope: Scope, name: string, argument: unknown): unknown {
  const intrinsic = INTRINSICS[name];
  if (!intrinsic) throw unknown(scope, `the intrinsic function ${name}`);
  return intrinsic(scope, argument);
}

function reference(scope: Scope, name: string): unknown {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Region': REGION,
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': scope.stack.name,
    'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${scope.stack.name}/local`,
    'AWS::NotificationARNs': [],
    'AWS::NoValue': NO_VALUE,
  };
  if (name in pseudo) return pseudo[name];
  const physical = scope.physical(name);
  if (physical) return physical.ref;
  const parameter = scope.stack.template.Parameters[name];
  const given = scope.parameters[name] ?? parameter?.Default;
  if (!parameter || given === undefined) throw unknown(scope, `a value for ${name}`);
  return given;
}

function attribute(scope: Scope, id: string, name: string): string {
  const physical = scope.physical(id);
  if (!physical) throw unknown(scope, `the resource ${id}`);
  const value = physical.attributes[name];
  if (value === undefined) {
    throw unknown(scope, `${id}.${name} (${scope.stack.template.Resources[id]?.Type})`);
  }
  return value;
}

/** `${Name}` and `${Id.Attribute}` are replaced, `${!Literal}` loses its exclamation mark. */
function substitute(scope: Scope, argument: unknown): string {
  const [text, own] = Array.isArray(argument)
    ? [String(argument[0]), argument[1] as Record<string, unknown>]
    : [String(argument), {}];
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    if (Object.hasOwn(own, name)) return String(resolveValue(scope, own[name]));
    const dot = name.indexOf('.');
    return dot < 0
      ? String(reference(scope, name))
      : attribute(scope, name.slice(0, dot), name.slice(dot + 1));
  });
}

const unknown = (scope: Scope, what: string): Error =>
  new Error(`Stack ${scope.stack.name}: the local system does not know ${what}`);
