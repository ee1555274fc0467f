import { App, type StackProps } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import type { Config } from './config.ts';
import type { FunctionDefaults } from './constructs/handler-function.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { CoreStack } from './stacks/core-stack.ts';
import { FoundationStack } from './stacks/foundation-stack.ts';
import { MailStack } from './stacks/mail-stack.ts';
import { ReportStack } from './stacks/report-stack.ts';
import { TrustStack } from './stacks/trust-stack.ts';
import { UploadStack } from './stacks/upload-stack.ts';
import { WatchStack } from './stacks/watch-stack.ts';

/**
 * The version of the construct library is fixed in the lock file, so these change only when it is raised. They are set
 * here and not in cdk.json so that whoever synthesises gets the same templates.
 */
const CONTEXT = {
  ...CURRENTLY_RECOMMENDED_FLAGS,
  // Exports: CloudFormation then refuses to remove what another stack still reads.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
};

export interface DirectTransmitProps {
  readonly config: Config;
  /** From bundle.ts. Without it the functions are stubs. */
  readonly bundles?: string;
  /** @default where the CDK command wants it, or a temporary folder */
  readonly outdir?: string;
}

/** The whole system of one data holder at one stage. Nothing is written before `synth()`. */
export function directTransmit({ config, bundles, outdir }: DirectTransmitProps): App {
  const { settings, deployment, places } = config;
  const { account, region, logRetentionDays } = deployment;
  const app = new App({ context: CONTEXT, outdir, autoSynth: false });
  const props = { env: { account, region } } satisfies StackProps;
  const named = (stack: string): string => `DirectTransmit-${settings.stage}-${stack}`;

  const foundation = new FoundationStack(app, named('Foundation'), {
    ...props,
    stage: settings.stage,
  });
  const defaults: FunctionDefaults = {
    settings,
    places,
    bundles,
    logKey: foundation.dataKey,
    logRetention: logRetentionDays,
  };
  const report = new ReportStack(app, named('Report'), {
    ...props,
    foundation,
    deployment,
    defaults,
  });
  const core = new CoreStack(app, named('Core'), { ...props, foundation, deployment, defaults });
  new WatchStack(app, named('Watch'), { ...props, foundation, core, report, defaults });
  const mail = new MailStack(app, named('Mail'), { ...props, foundation, deployment, defaults });
  const upload = new UploadStack(app, named('Upload'), { ...props, foundation, defaults });
  new TrustStack(app, named('Trust'), { ...props, foundation, deployment, defaults });
  new ApiStack(app, named('Api'), {
    ...props,
    foundation,
    core,
    mail,
    upload,
    deployment,
    defaults,
  });
  return app;
}
