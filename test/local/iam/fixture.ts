import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deploymentOf, type Deployment } from '../../../infra/local/assembly/deployment.ts';
import { Template } from '../../../infra/local/assembly/template.ts';
import { startBorder, type Border } from '../../../infra/local/iam/border.ts';
import { privilegesOf, type Privileges } from '../../../infra/local/iam/privileges.ts';
import { denialsOf } from '../../../infra/local/iam/resource-policies.ts';
import { rolesOf } from '../../../infra/local/iam/roles.ts';
import { callReaders } from '../../../infra/local/iam/services.ts';

export type Resources = Readonly<
  Record<string, { readonly Type: string; readonly Properties?: object }>
>;

/** A function `worker` whose role allows these, beside other resources. */
export const withRole = (statements: readonly object[], more: Resources = {}): Resources => ({
  Role: { Type: 'AWS::IAM::Role' },
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: statements } },
  },
  Worker: {
    Type: 'AWS::Lambda::Function',
    Properties: { FunctionName: 'worker', Role: { 'Fn::GetAtt': ['Role', 'Arn'] } },
  },
  ...more,
});

export const deployed = (resources: Resources): Deployment => {
  const template = Template.parse({ Resources: resources });
  const stack = { name: 'Stack', template, assetFolders: new Map<string, string>() };
  return deploymentOf({ stacks: [stack] }, { queues: 'http://queues', api: 'http://api' }, {});
};

export const privilegesIn = (deployment: Deployment): Privileges =>
  privilegesOf(rolesOf(deployment, ['worker']), denialsOf(deployment), () => undefined);

/** What came through. */
export interface Passed {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Guarded {
  readonly border: Border;
  readonly privileges: Privileges;
  readonly passed: readonly Passed[];
  /** What the services behind answer from now on: 200 and an empty object, unless told. */
  answer(status: number, body: string): void;
  close(): Promise<void>;
}

/** The border before services that take everything. */
export async function startGuarded(resources: Resources): Promise<Guarded> {
  const passed: Passed[] = [];
  let reply = { status: 200, body: '{}' };
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      passed.push({ method, url, headers, body });
      response.writeHead(reply.status).end(reply.body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const deployment = deployed(resources);
  const privileges = privilegesIn(deployment);
  const border = await startBorder();
  const services = ['dynamodb', 'events', 'kms', 's3', 'secretsmanager', 'ses', 'sqs'] as const;
  const upstreams = Object.fromEntries(services.map((name) => [name, endpoint]));
  border.serve({ upstreams, readers: callReaders(deployment), privileges });
  return {
    border,
    privileges,
    passed,
    answer(status, body) {
      reply = { status, body };
    },
    async close() {
      await border.close();
      const closed = new Promise((end) => server.close(end));
      server.closeAllConnections();
      await closed;
    },
  };
}
