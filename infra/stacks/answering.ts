import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type FunctionDefaults, HandlerFunction } from '../constructs/handler-function.ts';
import type { EnvironmentOf, FunctionName } from '../functions.ts';

/** Makes functions that somebody waits for: none takes longer than the gateway does. */
export const answering =
  (scope: Construct, defaults: FunctionDefaults) =>
  <Name extends FunctionName>(
    id: string,
    name: Name,
    env: EnvironmentOf<Name>,
    more: { readonly memorySize?: number } = {},
  ) => {
    const timeout = Duration.seconds(20);
    const props = { name, env, timeout, calledBy: 'api', defaults, ...more } as const;
    return new HandlerFunction(scope, id, props).function;
  };
