import { describe, expect, test } from '@jest/globals';
import { decide, statementsIn, type Call } from '../../../infra/local/iam/statement.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/Main';
const PUT: Call = { action: 'dynamodb:PutItem', resource: TABLE, context: {} };

type Written = Readonly<Record<string, unknown>>;

const allow = (written: Written = {}): Written => ({
  Effect: 'Allow',
  Action: 'dynamodb:PutItem',
  Resource: TABLE,
  ...written,
});
const read = (...statements: readonly Written[]) => statementsIn({ Statement: statements });
const goes = (written: Written, call: Partial<Call> = {}): boolean =>
  decide({ ...PUT, ...call }, read(written), []).allowed;
const holds = (condition: object, context: Call['context']): boolean =>
  goes(allow({ Condition: condition }), { context });

describe('whether a role lets a call go', () => {
  test('what nobody allows does not go', () => {
    expect(decide(PUT, [], [])).toEqual({ allowed: false, because: 'no-allow' });
  });

  test.each([
    ['the action and the resource themselves', allow(), true],
    [
      'lists of both',
      allow({ Action: ['s3:GetObject', 'dynamodb:PutItem'], Resource: ['*'] }),
      true,
    ],
    ['any action of the service', allow({ Action: 'dynamodb:*' }), true],
    ['actions in other letters', allow({ Action: 'DynamoDB:putitem' }), true],
    ['actions that begin alike', allow({ Action: 'dynamodb:Put*' }), true],
    [
      'a character in the place of a question mark',
      allow({ Resource: `${TABLE.slice(0, -1)}?` }),
      true,
    ],
    ['another action', allow({ Action: 'dynamodb:GetItem' }), false],
    ['an action that goes on', allow({ Action: 'dynamodb:PutItems' }), false],
    ['an action of which it is the beginning', allow({ Action: 'dynamodb:Put' }), false],
    ['another resource', allow({ Resource: `${TABLE}2` }), false],
    ['a resource in other letters', allow({ Resource: TABLE.toUpperCase() }), false],
    ['what lies below a resource', allow({ Resource: `${TABLE}/*` }), false],
    ['a point that means a point', allow({ Action: 'dynamodb.PutItem' }), false],
  ])('%s', (_, statement, expected) => {
    expect(goes(statement)).toBe(expected);
  });

  test('a denial wins over any leave, the role’s own and that of the resource', () => {
    const denial = allow({ Effect: 'Deny', Action: 'dynamodb:*', Resource: '*' });
    const refused = { allowed: false, because: 'deny' };
    expect(decide(PUT, read(allow(), denial), [])).toEqual(refused);
    expect(decide(PUT, read(allow()), read(denial))).toEqual(refused);
  });

  test('a denial of something else, or under a condition that does not hold, is none', () => {
    const other = allow({ Effect: 'Deny', Action: 'dynamodb:DeleteItem' });
    const insecure = allow({
      Effect: 'Deny',
      Condition: { Bool: { 'aws:SecureTransport': false } },
    });
    const secure = { ...PUT, context: { 'aws:SecureTransport': ['true'] } };
    expect(decide(secure, read(allow()), read(other, insecure)).allowed).toBe(true);
  });

  test('what a denial allows nobody is allowed', () => {
    expect(decide(PUT, [], read(allow())).allowed).toBe(false);
  });

  test('says which statements let it go', () => {
    const statements = read(
      allow(),
      allow({ Action: 'dynamodb:GetItem' }),
      allow({ Resource: '*' }),
    );
    const decision = decide(PUT, statements, []);
    expect(decision.allowed && decision.by).toEqual([statements[0], statements[2]]);
  });
});

const VIA = 'kms:ViaService';
const KEYS = 'dynamodb:LeadingKeys';
const AGE = 's3:signatureAge';

describe('conditions', () => {
  test.each<[string, object, Call['context'], boolean]>([
    ['one of several values', { StringEquals: { [VIA]: ['a', 'b'] } }, { [VIA]: ['b'] }, true],
    ['none of them', { StringEquals: { [VIA]: ['a', 'b'] } }, { [VIA]: ['c'] }, false],
    [
      'a pattern is no value of StringEquals',
      { StringEquals: { [VIA]: 'a*' } },
      { [VIA]: ['ab'] },
      false,
    ],
    [
      'the key in other letters',
      { StringEquals: { 'KMS:viaservice': 'a' } },
      { [VIA]: ['a'] },
      true,
    ],
    ['a key that the call does not say', { StringEquals: { [VIA]: 'a' } }, {}, false],
    ['the same where it need not', { StringEqualsIfExists: { [VIA]: 'a' } }, {}, true],
    [
      'another value where it need not be there',
      { StringEqualsIfExists: { [VIA]: 'a' } },
      { [VIA]: ['b'] },
      false,
    ],
    [
      'two keys, of which one fails',
      { StringEquals: { [VIA]: 'a', [AGE]: '1' } },
      { [VIA]: ['a'], [AGE]: ['2'] },
      false,
    ],
    [
      'two operators, of which one fails',
      { StringEquals: { [VIA]: 'a' }, NumericLessThan: { [AGE]: 1 } },
      { [VIA]: ['a'], [AGE]: ['2'] },
      false,
    ],
    ['not: another value', { StringNotEquals: { [VIA]: ['a', 'b'] } }, { [VIA]: ['c'] }, true],
    ['not: one of them', { StringNotEquals: { [VIA]: ['a', 'b'] } }, { [VIA]: ['b'] }, false],
    ['not: a key that is not there', { StringNotEquals: { [VIA]: 'a' } }, {}, true],
    ['not: a pattern', { StringNotLike: { [VIA]: 'a*' } }, { [VIA]: ['ab'] }, false],
    ['more than', { NumericGreaterThan: { [AGE]: '960000' } }, { [AGE]: ['960001'] }, true],
    ['more than itself', { NumericGreaterThan: { [AGE]: '960000' } }, { [AGE]: ['960000'] }, false],
    ['no number', { NumericGreaterThan: { [AGE]: '1' } }, { [AGE]: ['many'] }, false],
    ['a pattern of ARNs', { ArnLike: { [VIA]: 'arn:*:a' } }, { [VIA]: ['arn:b:a'] }, true],
    [
      'all of several',
      { 'ForAllValues:StringLike': { [KEYS]: 'P#*' } },
      { [KEYS]: ['P#1', 'P#2'] },
      true,
    ],
    [
      'not all of several',
      { 'ForAllValues:StringLike': { [KEYS]: 'P#*' } },
      { [KEYS]: ['P#1', 'T#2'] },
      false,
    ],
    ['all of none', { 'ForAllValues:StringLike': { [KEYS]: 'P#*' } }, {}, true],
    [
      'any of several',
      { 'ForAnyValue:StringLike': { [KEYS]: 'P#*' } },
      { [KEYS]: ['T#1', 'P#2'] },
      true,
    ],
    ['any of none', { 'ForAnyValue:StringLike': { [KEYS]: 'P#*' } }, {}, false],
  ])('%s', (_, condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
  });

  test.each([
    ['an operator', { DateGreaterThan: { [VIA]: 'a' } }, 'condition operator DateGreaterThan'],
    ['a quantifier', { 'ForMostValues:StringEquals': { [VIA]: 'a' } }, 'condition operator'],
    ['a key', { StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, 'condition key aws:SourceVpc'],
    [
      'an operator that every object has',
      { toString: { [VIA]: 'a' } },
      'condition operator toString',
    ],
  ])('%s that is not known here is refused before anything goes', (_, condition, words) => {
    expect(() => read(allow({ Condition: condition }))).toThrow(words);
  });

  test.each(['NotAction', 'NotResource', 'NotPrincipal'])('so is a statement with %s', (name) => {
    expect(() => read(allow({ [name]: 'x' }))).toThrow(name);
  });
});
