import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One secret as Secrets Manager keeps it: versions, and labels of which each stands at one version. */
export interface SecretVersions {
  /** For AWS_ENDPOINT_URL_SECRETS_MANAGER. */
  readonly endpoint: string;
  /** What functions read. */
  readonly current: () => string;
  /** Somebody else puts a new version in the place of the current one. */
  readonly overwrite: (text: string) => void;
  /** Called before each request is answered. */
  before: (target: string) => void;
  /** Labels that stand somewhere. */
  readonly labels: () => readonly string[];
  readonly close: () => Promise<void>;
}

interface Asked {
  readonly SecretId: string;
  readonly SecretString?: string;
  readonly VersionStages?: readonly string[];
  readonly VersionStage?: string;
  readonly MoveToVersionId?: string;
  readonly RemoveFromVersionId?: string;
}

type Reply = readonly [status: number, body: object];

export async function startSecretVersions(name: string, text: string): Promise<SecretVersions> {
  const versions = new Map<string, string>();
  const labels = new Map<string, string>();
  const put = (content: string, stages: readonly string[]): string => {
    const id = randomUUID();
    versions.set(id, content);
    for (const stage of stages) labels.set(stage, id);
    return id;
  };
  put(text, ['AWSCURRENT']);

  const answer = (target: string, asked: Asked): Reply => {
    if (asked.SecretId !== name) return refused('ResourceNotFoundException');
    const { VersionStage: stage = 'AWSCURRENT', MoveToVersionId: to } = asked;
    const at = labels.get(stage);
    if (target === 'GetSecretValue')
      return [200, { SecretString: versions.get(at!), VersionId: at }];
    if (target === 'PutSecretValue') {
      return [200, { VersionId: put(asked.SecretString!, asked.VersionStages ?? ['AWSCURRENT']) }];
    }
    if (at !== undefined && at !== asked.RemoveFromVersionId) return refused('InvalidParameterException'); // prettier-ignore
    if (to === undefined) labels.delete(stage);
    else labels.set(stage, to);
    return [200, {}];
  };

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const target = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      versionsOf.before(target);
      const [status, reply] = answer(target, JSON.parse(body) as Asked);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(reply));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const versionsOf: SecretVersions = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    current: () => versions.get(labels.get('AWSCURRENT')!)!,
    overwrite: (content) => void put(content, ['AWSCURRENT']),
    before: () => undefined,
    labels: () => [...labels.keys()],
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return versionsOf;
}

const refused = (__type: string): Reply => [400, { __type, message: 'hunter2' }];
