import { describe, expect, test } from '@jest/globals';
import { resolveIn, type Scope } from '../../infra/local/assembly/intrinsics.ts';
import { physicalOf } from '../../infra/local/assembly/physical.ts';
import { Template } from '../../infra/local/assembly/template.ts';
import { minutesOf } from '../../infra/local/events/schedules.ts';
import { failedItems } from '../../infra/local/events/mapping.ts';
import { passes } from '../../infra/local/events/filter-pattern.ts';
import { matchRoute, parseRouteKey } from '../../infra/local/http/routes.ts';

const scope: Scope = {
  stack: {
    name: 'Here',
    assetFolders: new Map(),
    template: Template.parse({
      Resources: { Queue: { Type: 'AWS::SQS::Queue' }, Role: { Type: 'AWS::IAM::Role' } },
      Parameters: { Given: { Type: 'String' }, Preset: { Type: 'String', Default: 'preset' } },
      Conditions: { Yes: { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] } },
      Mappings: { Sizes: { small: { bytes: 1 } } },
    }),
  },
  parameters: { Given: 'given' },
  physical: (id) => {
    const resource = scope.stack.template.Resources[id];
    return resource && physicalOf('Here', id, resource, { queues: 'http://q', api: 'http://a' });
  },
  exported: (name) => `export of ${name}`,
  outputOf: (stack, name) => `${name} of ${stack}`,
};

describe('the intrinsic functions of a template', () => {
  test.each([
    [{ Ref: 'Given' }, 'given'],
    [{ Ref: 'Preset' }, 'preset'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ Ref: 'Queue' }, 'http://q/000000000000/Here-Queue'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:us-east-1:000000000000:Here-Queue'],
    [{ 'Fn::GetAtt': 'Queue.QueueName' }, 'Here-Queue'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Given' }]] }, 'a-given'],
    [{ 'Fn::Sub': 'x ${Given} ${Queue.QueueName} ${!Kept}' }, 'x given Here-Queue ${Kept}'],
    [{ 'Fn::Sub': ['${One} ${Given}', { One: { Ref: 'Preset' } }] }, 'preset given'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': [',', 'a,b'] }] }, 'b'],
    [{ 'Fn::ImportValue': { 'Fn::Sub': '${AWS::StackName}:X' } }, 'export of Here:X'],
    [
      { 'Fn::GetStackOutput': { StackName: { Ref: 'Given' }, OutputName: 'X', Region: 'any' } },
      'X of given',
    ],
    [{ 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
    [{ 'Fn::FindInMap': ['Sizes', 'small', 'bytes'] }, 1],
    [{ a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
    [
      { Ref: 'x', Other: 1 },
      { Ref: 'x', Other: 1 },
    ],
  ])('%j is resolved', (value, expected) => {
    expect(resolveIn(scope, value)).toEqual(expected);
  });

  test.each([
    [{ 'Fn::Transform': {} }, 'the intrinsic function Fn::Transform'],
    [{ Ref: 'Nobody' }, 'a value for Nobody'],
    [{ 'Fn::GetAtt': ['Role', 'Secret'] }, 'Role.Secret (AWS::IAM::Role)'],
    [{ 'Fn::If': ['Perhaps', 1, 2] }, 'condition Perhaps'],
  ])('%j is refused with its name', (value, named) => {
    expect(() => resolveIn(scope, value)).toThrow(
      `Stack Here: the local system does not know ${named}`,
    );
  });
});

describe('a filter pattern', () => {
  const event = { name: 'INSERT', image: { kind: { S: 'trigger' }, size: 5 }, tags: ['a', 'b'] };

  test.each([
    [{ name: ['INSERT', 'MODIFY'] }, true],
    [{ name: ['MODIFY'] }, false],
    [{ name: ['INSERT'], image: { kind: { S: ['trigger'] } } }, true],
    [{ name: ['INSERT'], image: { kind: { S: ['fact'] } } }, false],
    [{ image: { absent: { S: ['x'] } } }, false],
    [{ image: { absent: [{ exists: false }] } }, true],
    [{ image: { kind: { S: [{ prefix: 'tri' }] } } }, true],
    [{ image: { kind: { S: [{ suffix: 'x' }] } } }, false],
    [{ image: { kind: { S: [{ 'anything-but': ['trigger'] }] } } }, false],
    [{ image: { size: [{ numeric: ['>', 1, '<=', 5] }] } }, true],
    [{ image: { size: [{ numeric: ['>', 5] }] } }, false],
    [{ tags: ['b'] }, true],
    [{ $or: [{ name: ['x'] }, { tags: ['a'] }] }, true],
  ])('%j passes: %p', (pattern, expected) => {
    expect(passes([JSON.stringify(pattern)], event)).toBe(expected);
  });

  test('one of several filters is enough, and no filter lets all pass', () => {
    expect(passes(['{"name":["x"]}', '{"name":["INSERT"]}'], event)).toBe(true);
    expect(passes([], event)).toBe(true);
  });

  test('a rule that is not known is an error, not a mismatch', () => {
    expect(() => passes(['{"name":[{"wildcard":"*"}]}'], event)).toThrow('wildcard');
  });
});

describe('an answer with batch item failures', () => {
  test.each([
    ['nothing is success of all', null, []],
    ['an empty list is success of all', { batchItemFailures: [] }, []],
    ['a named item failed', { batchItemFailures: [{ itemIdentifier: 'b' }] }, ['b']],
    [
      'an unknown item is failure of all',
      { batchItemFailures: [{ itemIdentifier: 'x' }] },
      ['a', 'b'],
    ],
    [
      'an empty identifier is failure of all',
      { batchItemFailures: [{ itemIdentifier: '' }] },
      ['a', 'b'],
    ],
    ['another form is failure of all', { batchItemFailures: 'b' }, ['a', 'b']],
  ])('%s', (_, answer, expected) => {
    expect(failedItems(answer, ['a', 'b'])).toEqual(expected);
  });
});

test.each([
  ['GET', '/v1/a/b', 'GET /v1/a/b'],
  ['GET', '/v1/a/c', 'GET /v1/a/{id}'],
  ['PUT', '/v1/a/b', 'ANY /v1/{rest+}'],
  ['GET', '/v1/a/b/c', 'ANY /v1/{rest+}'],
  ['GET', '/v1/a/', 'ANY /v1/{rest+}'],
  ['GET', '/other', '$default'],
])('API Gateway routes %s %s to %s', (method, path, expected) => {
  const keys = ['$default', 'ANY /v1/{rest+}', 'GET /v1/a/{id}', 'GET /v1/a/b'];
  const routes = keys.map((text) => ({ key: parseRouteKey(text) }));
  expect(matchRoute(routes, method, path)?.route.key.text).toBe(expected);
});

test.each([
  ['rate(1 minute)', 1],
  ['rate(5 minutes)', 5],
  ['rate(2 hours)', 120],
  ['rate(1 day)', 1440],
])('%s is every %p minutes', (expression, expected) => {
  expect(minutesOf(expression)).toBe(expected);
});
