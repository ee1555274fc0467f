import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Deployment } from '../config.ts';
import type { FunctionDefaults } from '../constructs/handler-function.ts';
import { PortalBucket } from '../constructs/portal-bucket.ts';
import { PortalDistribution } from '../constructs/portal-distribution.ts';
import { PublishedPortal, type SignIn } from '../constructs/published-portal.ts';
import type { PortalFile } from '../portal/portal-file.ts';
import type { Portal } from '../portal-settings.ts';
import type { ApiStack } from './api-stack.ts';
import type { FoundationStack } from './foundation-stack.ts';
import { outside } from './parameters.ts';
import { PORTAL_KINDS, scopesOf } from './scopes.ts';
import type { SignInStack } from './sign-in-stack.ts';

export interface PortalStackProps extends StackProps {
  readonly foundation: FoundationStack;
  readonly api: ApiStack;
  /** Where no issuer is configured. */
  readonly signIn: SignInStack | undefined;
  readonly portal: Portal;
  /** What is hosted. */
  readonly files: readonly PortalFile[];
  readonly deployment: Deployment;
  readonly defaults: FunctionDefaults;
}

/** The pages on which people sign in and share, where no portal of the data holder's does it. */
export class PortalStack extends Stack {
  constructor(scope: Construct, id: string, props: PortalStackProps) {
    const { foundation, api, portal, files, deployment, defaults, ...stack } = props;
    super(scope, id, stack);
    const signIn = props.signIn?.portal() ?? this.#signIn(deployment);
    const into = new PortalBucket(this, 'Portal', foundation.accessLogs);
    new PublishedPortal(this, 'Publish', { files, signIn, into, defaults });
    const { name } = new PortalDistribution(this, 'Distribution', {
      stage: defaults.settings.stage,
      bucket: into.bucket,
      apiUrl: api.url,
      tokenUrl: signIn.tokenUrl,
      portal,
    });
    this.#tell(portal, name);
  }

  /** With an issuer of somebody else's. */
  #signIn(deployment: Deployment): SignIn {
    return {
      clientId: outside(this, 'PortalClient', deployment).value,
      authorizeUrl: outside(this, 'AuthorizeUrl', deployment).value,
      tokenUrl: outside(this, 'TokenUrl', deployment).value,
      scope: scopesOf(PORTAL_KINDS).join(' '),
    };
  }

  #tell({ domain }: Portal, name: string): void {
    new CfnOutput(this, 'PortalUrl', {
      description: 'Where people sign in and share: /share for patients, /provider for staff',
      value: `https://${domain?.name ?? name}`,
    });
    if (!domain) return;
    new CfnOutput(this, 'PortalName', {
      description: `In the DNS, where ${domain.name} must lead: CNAME, or an alias`,
      value: name,
    });
  }
}
