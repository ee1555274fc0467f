import { expect, test } from '@jest/globals';
import { sandboxResources, type Resource } from './support/templates.ts';
import { API, QUEUED, STREAMED, SWEEP } from '../simulation/world/functions.ts';

const resources = sandboxResources();

/** Constructs are called as functions are, in another hand: `match-triggers` is MatchTriggers. */
const idOf = (name: string): string =>
  name
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join('');

function of(type: string, name: string): Resource['properties'] {
  const [found, ...more] = resources.filter(
    (each) => each.type === type && each.id.startsWith(idOf(name)),
  );
  if (!found || more.length > 0) throw new Error(`There is not exactly one ${type} of ${name}`);
  return found.properties;
}

test.each(Object.values(QUEUED))(
  '$name is simulated with the times, batches and retries that it is deployed with',
  ({ name, timeoutSeconds, batchSize }) => {
    expect(of('AWS::Lambda::Function', name).Timeout).toBe(timeoutSeconds);
    expect(of('AWS::Lambda::EventSourceMapping', name).BatchSize).toBe(batchSize);
    const queue = resources.find(
      ({ type, id }) => type === 'AWS::SQS::Queue' && id.startsWith(`${idOf(name)}Queue`),
    )?.properties;
    expect(queue).toMatchObject({
      VisibilityTimeout: 6 * timeoutSeconds,
      RedrivePolicy: { maxReceiveCount: 5 },
    });
  },
);

test.each([...STREAMED])(
  '$name is simulated with the records, batches and retries that it is deployed with',
  (streamed) => {
    const { name, timeoutSeconds, batchSize, kinds } = streamed;
    expect(of('AWS::Lambda::Function', name).Timeout).toBe(timeoutSeconds);
    const source = of('AWS::Lambda::EventSourceMapping', name);
    expect(source.BatchSize).toBe(batchSize);
    expect(source.MaximumRetryAttempts).toBe(
      'retryAttempts' in streamed ? streamed.retryAttempts : undefined,
    );
    const [{ Pattern }] = source.FilterCriteria.Filters;
    expect(JSON.parse(Pattern).dynamodb.NewImage.kind.S).toEqual(kinds);
  },
);

test('the sweep and the API may take as long as they are deployed to', () => {
  expect(of('AWS::Lambda::Function', SWEEP.name).Timeout).toBe(SWEEP.timeoutSeconds);
  expect(of('AWS::Lambda::Function', 'transmit-requests').Timeout).toBe(API.timeoutSeconds);
});
