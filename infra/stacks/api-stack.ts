import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ROUTES } from '../../lambdas/routes.ts';
import type { Deployment } from '../config.ts';
import type { FunctionDefaults } from '../constructs/handler-function.ts';
import { HttpApi } from '../constructs/http-api.ts';
import { nextSteps } from '../constructs/next-steps.ts';
import { SETTINGS_FILE } from '../constructs/setting.ts';
import { answering } from './answering.ts';
import type { CoreStack } from './core-stack.ts';
import type { FoundationStack } from './foundation-stack.ts';
import type { MailStack } from './mail-stack.ts';
import { outside } from './parameters.ts';
import { resourcesOf } from './resources.ts';
import type { SignInStack } from './sign-in-stack.ts';
import type { UploadStack } from './upload-stack.ts';

export interface ApiStackProps extends StackProps {
  readonly foundation: FoundationStack;
  readonly core: CoreStack;
  readonly mail: MailStack;
  readonly upload: UploadStack;
  /** Where no issuer is configured. */
  readonly signIn: SignInStack | undefined;
  readonly deployment: Deployment;
  readonly defaults: FunctionDefaults;
}

/** What portals and the holder's systems call: one function a resource, and the one that lets callers in. */
export class ApiStack extends Stack {
  readonly url: string;

  constructor(scope: Construct, id: string, props: ApiStackProps) {
    super(scope, id, props);
    const { signIn, deployment, defaults } = props;

    const authorizer = answering(this, defaults)('Authorizer', 'authorizer', {
      ...(signIn?.issuer() ?? {
        ISSUER_URL: outside(this, 'IssuerUrl', deployment),
        AUDIENCE: outside(this, 'Audience', deployment),
      }),
      SETTINGS_FILE,
    });
    const api = new HttpApi(this, 'Http', {
      routes: ROUTES,
      functions: resourcesOf(this, props, {
        RESOLVERS: outside(this, 'Resolvers', deployment),
        RELAY_URL: outside(this, 'RelayUrl', deployment),
      }),
      authorizer,
      domains: [deployment.domain, deployment.systemsDomain].filter((each) => each !== undefined),
      requestsPerSecond: deployment.requestsPerSecond,
      corsOrigins: deployment.corsOrigins,
      defaults,
    });
    this.url = api.url;
    new CfnOutput(this, 'ApiUrl', {
      description: 'What portals and systems call, where no domain of yours leads here',
      value: api.url,
    });
    nextSteps(this, deployment, defaults.settings);
  }
}
