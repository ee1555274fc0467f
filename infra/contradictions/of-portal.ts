import { identityOf } from '../deployment-settings.ts';
import type { Contradiction } from './contradictions.ts';
import { isProduction } from './stages.ts';

/** CloudFront calls the API without one. */
const pagesWithCertificates: Contradiction = ({ deployment: { portal, domain } }) =>
  portal && domain?.truststore !== undefined
    ? ['deployment.domain.truststore: the pages of deployment.portal have no certificate to call the API with: write the truststore into deployment.systemsDomain'] // prettier-ignore
    : [];

/** The pool signs people in by a client of its own. */
const signInOfTwo: Contradiction = ({ deployment }) => {
  const { portal, issuerUrl, audience } = deployment;
  if (!portal || identityOf(deployment) === 'issuer') return [];
  // Said otherwise it is a contradiction of its own.
  if (issuerUrl !== undefined || audience !== undefined) return [];
  return (['clientId', 'authorizeUrl', 'tokenUrl'] as const)
    .filter((name) => portal[name] !== undefined)
    .map((name) => `deployment.portal.${name}: a user pool of its own says that itself: take it out, or write deployment.issuerUrl`); // prettier-ignore
};

/** In the DNS a name leads to one place. */
const oneNameForTwo: Contradiction = ({ deployment: { portal, domain, systemsDomain } }) =>
  portal?.domain && [domain?.name, systemsDomain?.name].includes(portal.domain.name)
    ? ['deployment.portal.domain.name: the API is called by it: write another name for the pages']
    : [];

/** Under a name of its own CloudFront lets everybody in as it always did. */
const oldTls: Contradiction = ({ settings: { stage }, deployment: { portal, acknowledged } }) =>
  portal && !portal.domain && isProduction(stage) && !acknowledged.includes('old-tls')
    ? ['deployment.portal.domain is missing: under the name that CloudFront gives, browsers come in by TLS 1.0, too: write a domain, or add "old-tls" to deployment.acknowledged'] // prettier-ignore
    : [];

export const ofPortal: readonly Contradiction[] = [
  pagesWithCertificates,
  signInOfTwo,
  oneNameForTwo,
  oldTls,
];
