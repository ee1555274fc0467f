import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startFauxqs, type FauxqsServer } from 'fauxqs';
import { deploymentOf } from '../../infra/local/assembly/deployment.ts';
import { Template } from '../../infra/local/assembly/template.ts';
import { siteOf, type Site } from '../../infra/local/portal/distribution.ts';
import { startPortal, type PortalServer } from '../../infra/local/portal/portal-server.ts';
import { s3HostedFiles } from '../../shared/adapters/hosted-files.ts';
import { withAwsEnv } from '../adapters/aws-env.ts';

const CSP = "default-src 'none'";

const policy = (config: object) => ({
  Type: 'AWS::CloudFront::ResponseHeadersPolicy',
  Properties: { ResponseHeadersPolicyConfig: { Name: 'named', ...config } },
});
const PAGES = policy({
  SecurityHeadersConfig: {
    ContentSecurityPolicy: { ContentSecurityPolicy: CSP, Override: true },
    StrictTransportSecurity: {
      AccessControlMaxAgeSec: 60,
      IncludeSubdomains: true,
      Override: true,
    },
  },
});
const COMPONENT = policy({
  CorsConfig: {
    AccessControlAllowCredentials: false,
    AccessControlAllowHeaders: { Items: ['*'] },
    AccessControlAllowMethods: { Items: ['GET', 'HEAD'] },
    AccessControlAllowOrigins: { Items: ['*'] },
    OriginOverride: true,
  },
  CustomHeadersConfig: {
    Items: [{ Header: 'Cross-Origin-Resource-Policy', Value: 'cross-origin', Override: true }],
  },
});
const FILES = {
  Id: 'files',
  DomainName: { 'Fn::GetAtt': ['Files', 'RegionalDomainName'] },
  S3OriginConfig: { OriginAccessIdentity: '' },
  OriginAccessControlId: 'access',
};
const API = { Id: 'api', DomainName: 'api.example.org', CustomOriginConfig: {} };
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'];

/** @param over what the distribution has beside, or in place of, what ours has */
function site(over: object = {}): Site | undefined {
  const distribution = {
    DefaultRootObject: 'index.html',
    DefaultCacheBehavior: { TargetOriginId: 'files', ResponseHeadersPolicyId: { Ref: 'Pages' } },
    CacheBehaviors: [
      { PathPattern: '/component*', TargetOriginId: 'files', ResponseHeadersPolicyId: { Ref: 'Component' } }, // prettier-ignore
      { PathPattern: '/v1/*', TargetOriginId: 'api', AllowedMethods: METHODS },
    ],
    Origins: [FILES, API],
    ...over,
  };
  const template = Template.parse({
    Resources: {
      Files: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'files' } },
      Pages: PAGES,
      Component: COMPONENT,
      Portal: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: { DistributionConfig: distribution },
      },
    },
  });
  const stacks = [{ name: 'Portal', template, assetFolders: new Map<string, string>() }];
  return siteOf(deploymentOf({ stacks }, { queues: 'http://q', api: 'http://a' }, {}));
}

let objects: FauxqsServer;
let api: Server;
let portal: PortalServer;
let undo: () => void;
/** What the API was asked. */
const calls: { readonly line: string; readonly token: string | undefined; readonly host: string | undefined; readonly body: string }[] = []; // prettier-ignore

beforeAll(async () => {
  objects = await startFauxqs({ port: 0, logger: false });
  objects.createBucket('files');
  undo = withAwsEnv({ AWS_ENDPOINT_URL_S3: objects.address });
  const hosted = s3HostedFiles('files');
  const asHtml = { contentType: 'text/html; charset=utf-8', cacheControl: 'public, max-age=300' };
  await hosted.put({ path: 'index.html', body: 'root', ...asHtml });
  await hosted.put({ path: 'share', body: '¿Compartir?', ...asHtml });
  await hosted.put({
    path: 'component.js',
    body: 'export {}',
    contentType: 'text/javascript',
    cacheControl: 'public, max-age=300',
  });
  api = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const { authorization: token, host } = request.headers;
      calls.push({ line: `${request.method} ${request.url}`, token, host, body });
      response.writeHead(404, { 'content-type': 'application/problem+json' });
      response.end('{"code":"patient/unknown"}');
    });
  });
  await new Promise<void>((listening) => api.listen(0, '127.0.0.1', listening));
  portal = await startPortal();
  portal.serve(site(), { objects: objects.address, api: apiUrl() });
});
afterAll(async () => {
  undo();
  await portal.close();
  api.closeAllConnections();
  api.close();
  await objects.stop();
});

const apiUrl = (): string => `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
const ask = (path: string, init: RequestInit = {}) => fetch(`${portal.url}${path}`, init);

describe('the stand-in for CloudFront', () => {
  test('gives a page with its type, its age and the headers of the template', async () => {
    const answer = await ask('/share');
    expect([answer.status, await answer.text()]).toEqual([200, '¿Compartir?']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'content-security-policy': CSP,
      'strict-transport-security': 'max-age=60; includeSubDomains',
      'content-length': String(Buffer.byteLength('¿Compartir?')),
    });
  });

  test('gives the root object where nothing is named, and no list of what there is', async () => {
    for (const path of ['/', '/?list-type=2', '/?prefix=s']) {
      expect(await (await ask(path)).text()).toBe('root');
    }
  });

  test('gives no list where there is no root object either', async () => {
    const other = await startPortal();
    other.serve(site({ DefaultRootObject: '' }), { objects: objects.address, api: apiUrl() });
    const answer = await fetch(`${other.url}/`);
    const body = await answer.text();
    await other.close();
    expect([answer.status, body]).toEqual([403, expect.not.stringContaining('share')]);
  });

  test('answers HEAD with the headers alone, and what is known with 304', async () => {
    const head = await ask('/share', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const eTag = head.headers.get('etag') ?? '';
    const again = await ask('/share', { headers: { 'if-none-match': eTag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test.each([
    ['what is not there', '/nothing', {}],
    ['a path that only ends like one of the API', '/share/v1/health', {}],
    ['a bucket of somebody else', '/..%2fothers/secret', {}],
    ['a method that the pages do not take', '/share', { method: 'POST', body: 'x' }],
    ['one that would remove a page', '/share', { method: 'DELETE' }],
  ])('refuses %s with 403', async (_, path, init) => {
    expect((await ask(path, init)).status).toBe(403);
  });

  test('lets pages of others read the component alone', async () => {
    const elsewhere = { headers: { origin: 'https://portal.example.org' } };
    const component = await ask('/component.js', elsewhere);
    expect(Object.fromEntries(component.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect((await ask('/component.js')).headers.get('access-control-allow-origin')).toBeNull();
    const page = await ask('/share', elsewhere);
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('passes calls of the API on with all that they say but the name, and its answers as they are', async () => {
    const answer = await ask('/v1/patients/ana?x=1', {
      method: 'POST',
      headers: { authorization: 'Bearer t' },
      body: '{"a":1}',
    });
    expect([answer.status, await answer.text()]).toEqual([404, '{"code":"patient/unknown"}']);
    expect(answer.headers.get('content-security-policy')).toBeNull();
    expect(calls).toEqual([
      {
        line: 'POST /v1/patients/ana?x=1',
        token: 'Bearer t',
        host: new URL(apiUrl()).host,
        body: '{"a":1}',
      },
    ]);
  });

  test('passes nothing on to whoever a path names, and shows nothing of theirs as its own', async () => {
    let asked = 0;
    const elsewhere = createServer((_, response) => {
      asked += 1;
      response.writeHead(200, { 'content-type': 'text/html' }).end('<script>theirs()</script>');
    });
    await new Promise<void>((listening) => elsewhere.listen(0, '127.0.0.1', listening));
    const { port } = elsewhere.address() as AddressInfo;
    const answer = await ask(`//127.0.0.1:${port}/v1/patients/ana`);
    elsewhere.close();
    expect([answer.status, asked]).toEqual([403, 0]);
  });

  test('is not there before something is deployed, and where the template has none', async () => {
    const early = await startPortal();
    const before = await fetch(early.url);
    early.serve(undefined, { objects: '', api: '' });
    const after = await fetch(early.url);
    await early.close();
    expect([before.status, after.status]).toEqual([503, 503]);
  });
});

describe('a distribution that could not be', () => {
  test.each([
    ['that no access control lets at its bucket', { Origins: [{ ...FILES, OriginAccessControlId: undefined }, API] }, /no access to the bucket/], // prettier-ignore
    ['with pages in the place of what the API answers', { CustomErrorResponses: [{ ErrorCode: 404 }] }, /CustomErrorResponses/], // prettier-ignore
  ])('%s is not served', (_, over, says) => {
    expect(() => site(over)).toThrow(says);
  });
});
