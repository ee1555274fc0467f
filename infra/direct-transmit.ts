import { App, type StackProps } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import type { Config, Deployment } from './config.ts';
import { Watched } from './constructs/watched.ts';
import { identityOf } from './deployment-settings.ts';
import type { FunctionDefaults } from './constructs/handler-function.ts';
import type { PortalFile } from './portal/portal-file.ts';
import { ApiStack } from './stacks/api-stack.ts';
import { CoreStack } from './stacks/core-stack.ts';
import { FoundationStack } from './stacks/foundation-stack.ts';
import { MailStack } from './stacks/mail-stack.ts';
import { NetworkStack, type NetworkStackProps } from './stacks/network-stack.ts';
import { ObservabilityStack } from './stacks/observability-stack.ts';
import { PortalStack } from './stacks/portal-stack.ts';
import { ReportStack } from './stacks/report-stack.ts';
import { SignInStack } from './stacks/sign-in-stack.ts';
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
  /** What the hosted pages are, where there are any. @default none: enough to look at a template */
  readonly portalFiles?: () => readonly PortalFile[];
  /** @default where the CDK command wants it, or a temporary folder */
  readonly outdir?: string;
}

/** The whole system of one data holder at one stage. Nothing is written before `synth()`. */
export function directTransmit({
  config,
  bundles,
  outdir,
  portalFiles = () => [],
}: DirectTransmitProps): App {
  const { settings, deployment, places } = config;
  const { stage } = settings;
  const app = new App({ context: CONTEXT, outdir, autoSynth: false });
  const env = { account: deployment.account, region: deployment.region };
  const named: Named = (stack) => [app, `DirectTransmit-${stage}-${stack}`];
  const foundation = new FoundationStack(...named('Foundation'), { env, stage });
  const defaults: FunctionDefaults = {
    settings,
    places,
    bundles,
    logKey: foundation.dataKey,
    logRetention: deployment.logRetentionDays,
    network: networkFor(named, { env, settings, deployment, logKey: foundation.dataKey }),
    watched: new Watched(),
  };
  capabilities(named, { env, foundation, deployment, defaults, portalFiles });
  const { watched } = defaults;
  new ObservabilityStack(...named('Observability'), { env, settings, deployment, watched });
  return app;
}

type Named = (stack: string) => readonly [App, string];

interface Common extends StackProps {
  readonly foundation: FoundationStack;
  readonly deployment: Deployment;
  readonly defaults: FunctionDefaults;
  readonly portalFiles: () => readonly PortalFile[];
}

/** Everything that has functions, each after what it reaches into. */
function capabilities(named: Named, { portalFiles, ...common }: Common): void {
  const { env, deployment, defaults } = common;
  const report = new ReportStack(...named('Report'), common);
  const core = new CoreStack(...named('Core'), common);
  new WatchStack(...named('Watch'), { ...common, core, report });
  const mail = new MailStack(...named('Mail'), common);
  const upload = new UploadStack(...named('Upload'), common);
  new TrustStack(...named('Trust'), common);
  const signIn =
    identityOf(deployment) === 'cognito'
      ? new SignInStack(...named('SignIn'), { env, deployment, defaults })
      : undefined;
  const api = new ApiStack(...named('Api'), { ...common, core, mail, upload, signIn });
  const { portal } = deployment;
  if (portal) {
    new PortalStack(...named('Portal'), { ...common, api, signIn, portal, files: portalFiles() });
  }
}

const networkFor = (named: Named, props: Omit<NetworkStackProps, 'network'>) => {
  const { network } = props.deployment;
  return network.kind === 'vpc'
    ? new NetworkStack(...named('Network'), { ...props, network }).network
    : undefined;
};
