import { isMeant } from './wildcard.ts';

/** What a call says of itself beside its action and resource. A key that has no values is not there. */
export type Context = Readonly<Record<string, readonly string[]>>;

/** By operator and by key: one of the values must fit, of every key. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** The keys that calls say here, in small letters. Of any other nobody could say whether a condition holds. */
const KEYS: readonly string[] = [
  'aws:securetransport',
  'dynamodb:leadingkeys',
  'kms:messagetype',
  'kms:signingalgorithm',
  'kms:viaservice',
  'lambda:sourcefunctionarn',
  's3:authtype',
  's3:signatureage',
  's3:tlsversion',
  's3:x-amz-server-side-encryption',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  'ses:fromaddress',
];

interface Operator {
  /** Whether a value of the call fits one of the policy. */
  readonly fits: (value: string, wanted: string) => boolean;
  /** Of those that say what shall not be, none may fit; they hold where the key is not there. */
  readonly negated: boolean;
}

const equal = (value: string, wanted: string): boolean => value === wanted;
const like = (value: string, wanted: string): boolean => isMeant(wanted, value);
const is = (fits: Operator['fits']): Operator => ({ fits, negated: false });
const isNot = (fits: Operator['fits']): Operator => ({ fits, negated: true });
const number = (compares: (value: number, wanted: number) => boolean): Operator =>
  is((value, wanted) => compares(Number(value), Number(wanted)));

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: is(equal),
  StringNotEquals: isNot(equal),
  StringLike: is(like),
  StringNotLike: isNot(like),
  ArnEquals: is(like),
  ArnLike: is(like),
  ArnNotLike: isNot(like),
  Bool: is((value, wanted) => value.toLowerCase() === wanted.toLowerCase()),
  NumericEquals: number((value, wanted) => value === wanted),
  NumericLessThan: number((value, wanted) => value < wanted),
  NumericLessThanEquals: number((value, wanted) => value <= wanted),
  NumericGreaterThan: number((value, wanted) => value > wanted),
  NumericGreaterThanEquals: number((value, wanted) => value >= wanted),
};

const OPERATOR = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/;

interface ReadOperator extends Operator {
  readonly quantifier: string | undefined;
  readonly ifExists: boolean;
}

/** @throws Error for an operator that is not known here */
function operatorNamed(name: string): ReadOperator {
  const [, quantifier, plain = '', ifExists] = OPERATOR.exec(name) ?? [];
  const operator = Object.hasOwn(OPERATORS, plain) ? OPERATORS[plain] : undefined;
  if (!operator) throw new Error(`the local system does not know the condition operator ${name}`);
  return { ...operator, quantifier, ifExists: ifExists !== undefined };
}

/** @throws Error for an operator or a key that is not known here: nothing passes because nobody understood it */
export function refuseUnknown(conditions: Conditions): void {
  for (const [name, keys] of Object.entries(conditions)) {
    operatorNamed(name);
    const strange = Object.keys(keys).find((key) => !KEYS.includes(key.toLowerCase()));
    if (strange) throw new Error(`the local system does not know the condition key ${strange}`);
  }
}

/** Whether all conditions hold of a call. */
export const allHold = (conditions: Conditions, context: Context): boolean =>
  Object.entries(conditions).every(([name, keys]) => {
    const operator = operatorNamed(name);
    return Object.entries(keys).every(([key, wanted]) =>
      holds(operator, valuesOf(context, key), wanted),
    );
  });

const valuesOf = (context: Context, key: string): readonly string[] =>
  Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1] ?? [];

/** IAM User Guide, "Condition operators" and "Set operators for multivalued context keys". */
function holds(
  { fits, negated, quantifier, ifExists }: ReadOperator,
  values: readonly string[],
  wanted: readonly string[],
): boolean {
  if (values.length === 0) return ifExists || quantifier === 'ForAllValues' || (negated && !quantifier); // prettier-ignore
  const one = (value: string): boolean => wanted.some((each) => fits(value, each)) !== negated;
  return quantifier === 'ForAnyValue' ? values.some(one) : values.every(one);
}
