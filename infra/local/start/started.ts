import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { CREDENTIALS } from '../engines/credentials.ts';
import { REGION } from '../assembly/physical.ts';
import type { LocalSystem } from '../local-system.ts';
import { relayUrlOf } from '../relay-wiring.ts';

type Started = Pick<
  LocalSystem,
  | 'apiUrl'
  | 'cloud'
  | 'dns'
  | 'edge'
  | 'engines'
  | 'identities'
  | 'inbound'
  | 'logFile'
  | 'partner'
  | 'ses'
>;

/** In the folder of a run: what `transmit doctor --local FOLDER` reads. */
export const STARTED = 'started.json';

/** Writes down where everything of a running system lies. The folder goes with the system. */
export const describeStarted = (system: Started): Promise<void> =>
  writeFile(
    join(dirname(system.logFile), STARTED),
    JSON.stringify(descriptionOf(system), undefined, 2),
    { mode: 0o600 },
  );

/** With names of what is deployed, and endpoints: no secret is in it. */
function descriptionOf({
  apiUrl,
  cloud,
  dns,
  engines,
  identities,
  inbound,
  logFile,
  ses,
  ...doors
}: Started) {
  // prettier-ignore
  const named = (type: string, part: string): string => {
    const all = cloud.deployment.resources(type, z.object({}));
    return all.find(({ logicalId }) => logicalId.includes(part))?.ref ?? '';
  };
  return {
    settings: join(dirname(logFile), 'config.json'),
    relayUrl: relayUrlOf('smtp', doors),
    resolvers: dns.address,
    anchors: [identities.holder.authority.certificatePem],
    identitySecrets: ['Signing', 'Decryption'].map((part) => named('AWS::SecretsManager::Secret', part)), // prettier-ignore
    relaySecret: named('AWS::SecretsManager::Secret', 'Relay'),
    trustBucket: named('AWS::S3::Bucket', 'Trust'),
    clock: apiUrl,
    mailDoor: inbound.address,
    environment: {
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_S3: engines.objects.endpoint,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: engines.secrets.endpoint,
      AWS_ENDPOINT_URL_SES: ses.endpoint,
    },
  };
}
