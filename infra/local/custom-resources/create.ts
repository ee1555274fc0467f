import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { Deployed, Deployment } from '../assembly/deployment.ts';
import { ACCOUNT, REGION } from '../assembly/physical.ts';
import type { Assembly } from '../assembly/template.ts';
import type { FunctionPool } from '../functions/function-pool.ts';
import { startAnswers, type Answers } from './answers.ts';

const Properties = z.object({
  /** The ARN of the function that stands for the resource. */
  ServiceToken: z.string(),
  ServiceTimeout: z.coerce.number().default(3600),
});

type Custom = Deployed<z.output<typeof Properties>>;

/** Functions by name or ARN, as far as they are called here. */
export interface Called {
  get(nameOrArn: string): Pick<FunctionPool, 'invoke'>;
}

/** Of networks, which a laptop has not. */
const ELSEWHERE = ['Custom::VpcRestrictDefaultSG'];

const isCustom = (type: string): boolean =>
  (type.startsWith('Custom::') && !ELSEWHERE.includes(type)) ||
  type === 'AWS::CloudFormation::CustomResource';

/**
 * Creates the custom resources of the templates, all at once: calls the function of each as CloudFormation does, and waits
 * for what it says at the URL that it was given. What it returns or throws says nothing.
 *
 * @throws Error with the reason of the first that failed
 */
export async function createCustomResources(
  assembly: Assembly,
  deployment: Deployment,
  functions: Called,
): Promise<void> {
  const types = new Set(
    assembly.stacks
      .flatMap(({ template }) => Object.values(template.Resources).map(({ Type: type }) => type))
      .filter(isCustom),
  );
  const resources = [...types].flatMap((type) =>
    deployment.resources(type, Properties).map((resource) => ({ type, ...resource })),
  );
  if (resources.length === 0) return;
  const answers = await startAnswers();
  try {
    await Promise.all(resources.map((resource) => create(resource, functions, answers)));
  } finally {
    await answers.close();
  }
}

async function create(
  resource: Custom & { readonly type: string },
  functions: Called,
  answers: Answers,
): Promise<void> {
  const { properties, stack, logicalId } = resource;
  const { url, answer } = answers.await();
  void functions
    .get(properties.ServiceToken)
    .invoke(requestFor(resource, url))
    // Lambda logs it; CloudFormation never hears of it.
    .catch(() => undefined);
  const late = new AbortController();
  const timeout = sleep(properties.ServiceTimeout * 1000, undefined, { signal: late.signal });
  timeout.catch(() => undefined);
  const said = await Promise.race([answer, timeout]).finally(() => late.abort());
  const name = `${stack.name}/${logicalId}`;
  if (!said) throw new Error(`${name} was not made: its function did not answer in time`);
  if (said.Status !== 'SUCCESS') throw new Error(`${name} was not made: ${said.Reason ?? ''}`);
}

const requestFor = (
  { type, properties, stack, logicalId }: Custom & { readonly type: string },
  url: string,
): object => ({
  RequestType: 'Create',
  ServiceToken: properties.ServiceToken,
  ResponseURL: url,
  StackId: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${stack.name}/local`,
  RequestId: randomUUID(),
  LogicalResourceId: logicalId,
  ResourceType: type,
  ResourceProperties: { ServiceToken: properties.ServiceToken },
});
