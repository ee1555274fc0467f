import { CfnParameter } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { plain, type Setting } from '../constructs/setting.ts';
import type { Deployment } from '../config.ts';

/**
 * The addresses of what lies outside, as parameters of the stacks: the local system, whose relay and resolvers have
 * other ports at each start, deploys the same templates.
 */
const OUTSIDE = {
  RelayUrl: {
    description:
      'Where copies are handed over: smtps://host:port, ses:, hisp+smtps://host:port, hisp+xdr://host/path',
    from: (deployment: Deployment) => deployment.relayUrl,
  },
  Resolvers: {
    description:
      'DNS servers that answer for certificates: host:port with commas between, or system',
    from: (deployment: Deployment) => deployment.resolvers,
  },
  IssuerUrl: {
    description: 'Who issues the tokens of callers (OpenID Connect issuer)',
    from: (deployment: Deployment) => deployment.issuerUrl,
  },
  Audience: {
    description: 'The audience that tokens must be meant for',
    from: (deployment: Deployment) => deployment.audience,
  },
  PortalClient: {
    description: 'As whom the hosted pages sign people in with the issuer (client id)',
    from: ({ portal }: Deployment) => portal?.clientId,
  },
  AuthorizeUrl: {
    description: 'Where people sign in with the issuer (authorization endpoint)',
    from: ({ portal }: Deployment) => portal?.authorizeUrl,
  },
  TokenUrl: {
    description: 'Where the hosted pages get tokens of the issuer (token endpoint)',
    from: ({ portal }: Deployment) => portal?.tokenUrl,
  },
} as const;

export const outside = (
  scope: Construct,
  name: keyof typeof OUTSIDE,
  deployment: Deployment,
): Setting => {
  const { description, from } = OUTSIDE[name];
  const parameter = new CfnParameter(scope, name, { description, default: from(deployment) });
  return plain(parameter.valueAsString);
};
