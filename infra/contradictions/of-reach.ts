import type { Contradiction, Read } from './contradictions.ts';
import { hostIn, isPrivateHost, portIn } from './private-host.ts';
import { isOnOneMachine } from './stages.ts';

/** Whom functions call because a setting says so, but issuers. */
function calledIn({ settings, deployment }: Read) {
  const { recordSource, directory, mailbox, relay } = settings;
  const named: Readonly<Record<string, string | undefined>> = {
    'deployment.relayUrl': deployment.relayUrl,
    ...Object.fromEntries(
      Object.entries(relay.routes).map(([domain, url]) => [`relay.routes.${domain}`, url]),
    ),
    'mailbox.url': mailbox?.url,
    'directory.fhir.baseUrl': directory.fhir?.baseUrl,
    'directory.fhir.token.tokenUrl': directory.fhir?.token?.tokenUrl,
    ...(recordSource.kind === 'fhir' && {
      'recordSource.url': recordSource.url,
      'recordSource.tokenUrl': recordSource.tokenUrl,
    }),
  };
  return Object.entries(named).flatMap(([at, url]) =>
    url === undefined || !url.includes('://') ? [] : { at, url },
  );
}

/** From a network of the stage's own a way may lead there; without one none does. */
const outOfReach: Contradiction = (read) =>
  isOnOneMachine(read.settings.stage) || read.deployment.network.kind === 'vpc'
    ? []
    : calledIn(read)
        .filter(({ url }) => isPrivateHost(hostIn(url)))
        .map(({ at, url }) => `${at}: ${hostIn(url)} is a host of a private network, which the functions do not reach: write a host that everybody reaches, or a network of kind vpc as deployment.network`); // prettier-ignore

const closedPort: Contradiction = (read) =>
  isOnOneMachine(read.settings.stage)
    ? []
    : calledIn(read)
        .filter(({ url }) => /^(hisp\+)?smtps?:/i.test(url) && portIn(url) === '25')
        .map(({ at }) => `${at}: AWS lets no function reach port 25: write port 465 with smtps or 587 with smtp`); // prettier-ignore

const noResolvers: Contradiction = ({ deployment: { resolvers } }) =>
  resolvers.split(',').every((each) => /^(system|(\[[0-9a-f:.]+\]|[^:[\]\s]+)(:[1-9]\d{0,4})?)$/i.test(each.trim())) // prettier-ignore
    ? []
    : ['deployment.resolvers: write "system", or host:port of each with commas between'];

const bitsOf = (address: string): number =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);

const addressOf = (bits: number): string =>
  [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');

/** AWS takes a network by its first address only. */
const noNetwork: Contradiction = ({ deployment: { network } }) => {
  if (network.kind !== 'vpc') return [];
  const [address = '', length = ''] = network.cidr.split('/');
  const parts = address.split('.');
  if (
    parts.length !== 4 ||
    !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  ) {
    // prettier-ignore
    return ['deployment.network.cidr: write four numbers up to 255 and a length, as 10.20.0.0/16'];
  }
  const first = addressOf(bitsOf(address) & (-1 << (32 - Number(length))));
  return first === address
    ? []
    : [`deployment.network.cidr: ${address} is not where the network begins: write ${first}/${length}`]; // prettier-ignore
};

/** Keys and certificates serve where they are. */
const elsewhere: Contradiction = ({ deployment }) => {
  const { region, signingKeys, domain, systemsDomain } = deployment;
  const arns = {
    ...Object.fromEntries(signingKeys.map((arn, at) => [`deployment.signingKeys.${at}`, arn])),
    'deployment.domain.certificateArn': domain?.certificateArn,
    'deployment.systemsDomain.certificateArn': systemsDomain?.certificateArn,
  };
  return Object.entries(arns).flatMap(([at, arn]) => {
    const there = arn?.split(':')[3];
    return region === undefined || there === undefined || there === region
      ? []
      : `${at}: it is of ${there} and deployment.region is ${region}: write one of ${region}`;
  });
};

export const ofReach: readonly Contradiction[] = [
  outOfReach,
  closedPort,
  noResolvers,
  noNetwork,
  elsewhere,
];
