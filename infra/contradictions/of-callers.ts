import { identityOf } from '../deployment-settings.ts';
import type { Contradiction, Read } from './contradictions.ts';
import { hostIn, isPrivateHost } from './private-host.ts';
import { isOnOneMachine } from './stages.ts';

/** All issuers by the setting that names them. */
const issuersIn = ({ settings: { identity }, deployment: { issuerUrl } }: Read) =>
  [
    { at: 'deployment.issuerUrl', url: issuerUrl },
    ...identity.issuers.map(({ url }, at) => ({ at: `identity.issuers.${at}.url`, url })),
  ].flatMap(({ at, url }) => (url === undefined ? [] : { at, url }));

const privateIssuer: Contradiction = (read) =>
  isOnOneMachine(read.settings.stage)
    ? []
    : issuersIn(read)
        .filter(({ url }) => url.startsWith('https:') && isPrivateHost(hostIn(url)))
        .map(({ at, url }) => `${at}: ${hostIn(url)} is a host of a private network, from where the keys of tokens cannot be fetched: write the URL by which everybody reaches the issuer`); // prettier-ignore

const keysInClear: Contradiction = (read) =>
  isOnOneMachine(read.settings.stage)
    ? []
    : issuersIn(read)
        .filter(({ url }) => url.startsWith('http:'))
        .map(({ at }) => `${at}: http is for the stages local and test, else whoever is on the way decides whose keys count: write https`); // prettier-ignore

const moreThanAUrl: Contradiction = ({ deployment: { issuerUrl } }) =>
  issuerUrl !== undefined && !/^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(issuerUrl)
    ? ['deployment.issuerUrl: write it as it stands in tokens, without credentials, query and fragment'] // prettier-ignore
    : [];

const sameIssuer: Contradiction = ({ settings: { identity }, deployment: { issuerUrl } }) =>
  identity.issuers.flatMap(({ url }, at) =>
    url !== undefined && url === issuerUrl
      ? `identity.issuers.${at}.url: deployment.issuerUrl stands under another name, too: write "default" as its name, without url and audiences`
      : [],
  );

const twoIdentities: Contradiction = ({ deployment }) =>
  deployment.identity === 'cognito' &&
  (deployment.issuerUrl !== undefined || deployment.audience !== undefined)
    ? ['deployment.identity: a user pool of its own is the issuer and the audience: write "issuer", or take issuerUrl and audience out'] // prettier-ignore
    : [];

const halfAnIssuer: Contradiction = ({ deployment }) => {
  const { issuerUrl, audience, identity } = deployment;
  if (issuerUrl !== undefined && audience === undefined) {
    return [
      'deployment.audience is missing: write for whom the tokens of deployment.issuerUrl are',
    ];
  }
  // Said otherwise it is a contradiction of its own.
  return audience !== undefined && identity === undefined && identityOf(deployment) === 'cognito'
    ? ['deployment.issuerUrl is missing: write whose tokens are for deployment.audience, or take deployment.audience out'] // prettier-ignore
    : [];
};

/** Pages come from there where they are worked on; what lies there on somebody else's machine is nobody's portal. */
const pageOnALaptop: Contradiction = ({ settings: { stage }, deployment }) =>
  isOnOneMachine(stage)
    ? []
    : (['corsOrigins', 'portalUrls'] as const).flatMap((pages) =>
        deployment[pages].flatMap((url, at) =>
          url.startsWith('http:')
            ? `deployment.${pages}.${at}: http://localhost is for the stages local and test only: write where the page is, by https`
            : [],
        ),
      );

/** Another issuer knows itself where it sends those who have signed in. */
const portalOfNobody: Contradiction = ({ deployment }) =>
  deployment.portalUrls.length > 0 && identityOf(deployment) === 'issuer'
    ? ['deployment.portalUrls: only a user pool of its own sends people there: take it out, or write "cognito" as deployment.identity'] // prettier-ignore
    : [];

/** What a browser asks before a call from another site comes without a certificate. */
const browsersWithCertificates: Contradiction = ({ deployment: { corsOrigins, domain } }) =>
  corsOrigins.length > 0 && domain?.truststore !== undefined
    ? ['deployment.domain.truststore: no browser could call from deployment.corsOrigins: write the truststore into deployment.systemsDomain'] // prettier-ignore
    : [];

/** Cognito lets no domain be called by these, and the stage is in the name of the pool's. */
const stageInADomain: Contradiction = ({ settings: { stage }, deployment }) =>
  identityOf(deployment) === 'cognito' && /aws|amazon|cognito/.test(stage)
    ? ['stage: the sign-in page of a user pool cannot have aws, amazon or cognito in its name: call the stage and its file otherwise, or write deployment.issuerUrl'] // prettier-ignore
    : [];

export const ofCallers: readonly Contradiction[] = [
  privateIssuer,
  keysInClear,
  moreThanAUrl,
  sameIssuer,
  twoIdentities,
  halfAnIssuer,
  pageOnALaptop,
  portalOfNobody,
  stageInADomain,
  browsersWithCertificates,
];
