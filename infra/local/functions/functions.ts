import { join } from 'node:path';
import * as z from 'zod';
import type { Deployed, Deployment } from '../assembly/deployment.ts';
import { REGION } from '../assembly/physical.ts';
import { credentialsOf } from '../engines/credentials.ts';
import { logAs } from '../iam/log-as.ts';
import type { Privileges } from '../iam/privileges.ts';
import type { EnvironmentSetup } from './execution-environment.ts';
import type { FunctionLog } from './function-log.ts';
import { FunctionPool } from './function-pool.ts';

const LambdaFunction = z.object({
  /** Inline code belongs to CDK's own helpers, which nothing here calls. */
  Code: z.looseObject({ S3Key: z.string().default('') }),
  Handler: z.string(),
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  LoggingConfig: z.object({ LogGroup: z.string().optional() }).prefault({}),
  ReservedConcurrentExecutions: z.number().optional(),
  Environment: z
    .object({ Variables: z.record(z.string(), z.coerce.string()).default({}) })
    .prefault({}),
});

/** All functions of the assembly, by what other resources may call them. */
export interface Functions {
  /** @throws Error when there is none of that name or ARN */
  get(nameOrArn: string): FunctionPool;
  readonly names: readonly string[];
  close(): Promise<void>;
}

export interface FunctionsSetup {
  readonly deployment: Deployment;
  /** Set over the template's own: where the services are. */
  readonly variables: Readonly<Record<string, string>>;
  readonly log: FunctionLog;
  /** Environments that one function may have at once. */
  readonly maxEnvironments: number;
  readonly privileges: Privileges;
}

/** Of the functions that run here: code that is written into a template is CDK's own, which nothing here calls. */
export const functionNamesOf = (deployment: Deployment): readonly string[] =>
  oursIn(deployment).map(({ ref }) => ref);

const oursIn = (deployment: Deployment) =>
  deployment
    .resources('AWS::Lambda::Function', LambdaFunction)
    .filter(
      (each) => codeFolder(each) !== undefined && !each.properties.Handler.startsWith(HELPER),
    );

export function functionsOf(setup: FunctionsSetup): Functions {
  const pools = new Map<string, FunctionPool>();
  for (const fn of oursIn(setup.deployment)) {
    const { ReservedConcurrentExecutions: reserved = setup.maxEnvironments } = fn.properties;
    const pool = new FunctionPool(
      environmentSetup(fn, setup),
      Math.max(1, Math.min(reserved, setup.maxEnvironments)),
    );
    pools.set(fn.ref, pool);
  }
  return {
    names: [...pools.keys()],
    get(nameOrArn) {
      const pool = pools.get(functionNameIn(nameOrArn));
      if (!pool) throw new Error(`There is no function ${nameOrArn}`);
      return pool;
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.killWorkers()));
    },
  };
}

/** The name in a plain name, a function ARN (with or without a version), or the invocation ARN of API Gateway. */
const functionNameIn = (text: string): string => /:function:([^:/]+)/.exec(text)?.[1] ?? text;

/** The construct library's own, for resources that CloudFormation has not: nothing here calls them. */
const HELPER = '__entrypoint__.';

const codeFolder = (fn: Deployed<z.output<typeof LambdaFunction>>): string | undefined =>
  fn.stack.assetFolders.get(fn.properties.Code.S3Key);

function environmentSetup(
  fn: Deployed<z.output<typeof LambdaFunction>>,
  setup: FunctionsSetup,
): EnvironmentSetup {
  const folder = codeFolder(fn) ?? '';
  const { accessKeyId, secretAccessKey } = credentialsOf(fn.ref);
  const logGroup = fn.properties.LoggingConfig.LogGroup ?? `/aws/lambda/${fn.ref}`;
  const [module = 'index', exportName = 'handler'] = fn.properties.Handler.split('.');
  return {
    file: join(folder, `${module}.mjs`),
    exportName,
    functionName: fn.ref,
    functionArn: String(fn.attributes['Arn']),
    memoryMegabytes: fn.properties.MemorySize,
    timeoutSeconds: fn.properties.Timeout,
    log: logAs(fn.ref, logGroup, setup),
    variables: {
      PATH: process.env['PATH'] ?? '',
      TZ: 'UTC',
      LAMBDA_TASK_ROOT: folder,
      AWS_LAMBDA_FUNCTION_NAME: fn.ref,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.properties.MemorySize),
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      ...fn.properties.Environment.Variables,
      ...setup.variables,
    },
  };
}
