import { afterEach, describe, expect, test } from '@jest/globals';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { webhookPost, type WebhookPostOptions } from '../../shared/adapters/webhook-post.ts';
import type { WebhookMessage } from '../../shared/report/webhook/post.ts';
import { webhookPostContract } from '../contracts/webhook-post.ts';
import { fakeDns } from '../support/fake-dns.ts';
import { leading } from '../support/leading-names.ts';
import { answered, memoryReceivers } from '../support/memory/receivers.ts';
import { cachedAuthority, issueQuickly } from '../support/pki.ts';
import { NO_RESOLVERS } from './http-fetch-asking.ts';
import { httpServer, rawServer, type TestServer } from './http-fetch-servers.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const message = (url: string): WebhookMessage => ({
  url,
  headers: { 'content-type': 'application/json' },
  body: '{}',
});

const open = (options: Partial<WebhookPostOptions> = {}) =>
  webhookPost({ loopback: true, resolvers: NO_RESOLVERS, ...options });

const failed = (fault: string) => ({ kind: 'failed', fault });

async function server(opening: Promise<TestServer>): Promise<TestServer> {
  const opened = await opening;
  closing.push(opened.close);
  return opened;
}

webhookPostContract('the memory of receivers', async () => {
  const receivers = memoryReceivers();
  return {
    post: receivers,
    url: 'https://ehr.example/told?by=x',
    told: () => receivers.told,
    answer: (status, retryAfter) => receivers.answer(answered(status, retryAfter)),
    close: async () => undefined,
  };
});

webhookPostContract('HTTP', async () => {
  const told: WebhookMessage[] = [];
  let answer = { status: 204, headers: {} };
  let url = '';
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    told.push(await heardIn(request, new URL(url).origin));
    response.writeHead(answer.status, { location: '/elsewhere', ...answer.headers }).end('thanks');
  };
  const opened = await httpServer((request, response) => void hear(request, response));
  url = `${opened.url}told?by=x`;
  return {
    post: open(),
    url,
    told: () => told,
    answer: (status, retryAfter) =>
      void (answer = { status, headers: retryAfter ? { 'retry-after': retryAfter } : {} }),
    close: opened.close,
  };
});

/** A message as its receiver got it; of its headers those that the message itself has. */
async function heardIn(request: IncomingMessage, origin: string): Promise<WebhookMessage> {
  expect(request.method).toBe('POST');
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const { 'content-type': type = '', 'webhook-id': id } = request.headers;
  return {
    url: `${origin}${request.url}`,
    headers: { 'content-type': type, 'webhook-id': String(id) },
    body: Buffer.concat(pieces).toString('utf8'),
  };
}

describe('the guard of webhooks', () => {
  test.each([
    'https://169.254.169.254/latest/meta-data/',
    'https://2852039166/',
    'https://[::ffff:10.0.0.1]/',
    'https://192.168.1.1:8443/',
    'https://8.8.8.8:22/',
  ])('blocks %s', async (url) => {
    expect(await open().isOpen(url)).toBe(false);
    expect(await open().post(message(url))).toEqual(failed('blocked'));
  });

  test('blocks this machine, and http, unless a setting opens them; no connection is made', async () => {
    const { url, port, connections } = await server(httpServer((_, response) => response.end()));
    const closed = open({ loopback: false });
    for (const each of [
      url,
      `https://localhost:${port}/`,
      'http://8.8.8.8/',
      'http://a.example/',
    ]) {
      expect(await closed.isOpen(each)).toBe(false);
      expect(await closed.post(message(each))).toEqual(failed('blocked'));
    }
    expect(connections()).toBe(0);
  });

  test('looks at a name each time: one that leads inside later is blocked then', async () => {
    const turns = [['8.8.8.8'], ['127.0.0.1']];
    const dns = await fakeDns({ udp: leading({ A: () => turns.shift() ?? [] }) });
    closing.push(() => dns.close());
    const post = open({ loopback: false, resolvers: dns.address });
    expect(await post.isOpen('https://ehr.example.org/')).toBe(true);
    expect(await post.post(message('https://ehr.example.org/'))).toEqual(failed('blocked'));
  });

  test('a name that nobody knows now may be a webhook, and is not reached', async () => {
    const dns = await fakeDns({ udp: leading({ A: () => [] }) });
    closing.push(() => dns.close());
    const post = open({ resolvers: dns.address });
    expect(await post.isOpen('https://ehr.example.org/')).toBe(true);
    expect(await post.post(message('https://ehr.example.org/'))).toEqual(failed('unreachable'));
  });

  test('cannot be made with resolvers that cannot be read', () => {
    expect(() => open({ resolvers: 'not a resolver' })).toThrow('RESOLVERS');
  });
});

/** A server with a certificate for the host, and a name server that leads there. */
async function secured(host: string) {
  const authority = await cachedAuthority('Web Authority');
  const { certificatePem, privateKeyPem } = await issueQuickly(authority, {
    name: 'web',
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
    domain: host,
  });
  const tls = { key: privateKeyPem, cert: certificatePem };
  const opened = await server(httpServer((_, response) => response.writeHead(204).end(), tls));
  const dns = await fakeDns({ udp: leading({ A: () => ['127.0.0.1'] }) });
  closing.push(() => dns.close());
  const authorities = [authority.certificatePem];
  return { port: opened.port, options: { resolvers: dns.address, authorities } };
}

describe('over TLS', () => {
  test('the server proves the name that the webhook has', async () => {
    const { port, options } = await secured('ehr.example.org');
    const post = (host: string) => open(options).post(message(`https://${host}:${port}/`));
    expect(await post('ehr.example.org')).toEqual({ kind: 'answered', status: 204 });
    expect(await post('other.example.org')).toEqual(failed('unreachable'));
  });

  test('a certificate of nobody who is believed is no connection', async () => {
    const { port, options } = await secured('ehr.example.org');
    const stranger = open({ resolvers: options.resolvers });
    expect(await stranger.post(message(`https://ehr.example.org:${port}/`))).toEqual(
      failed('unreachable'),
    );
  });
});

const silent = (_: IncomingMessage, response: ServerResponse): void => {
  response.writeContinue();
};

const endless = (_: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(200).write('x'.repeat(100_000));
};

describe('servers that mean no good', () => {
  test('too-slow: no answer in time', async () => {
    const { url } = await server(httpServer(silent));
    expect(await open({ deadlineMs: 100 }).post(message(url))).toEqual(failed('too-slow'));
  });

  test('an answer whose body never ends is an answer', async () => {
    const { url } = await server(httpServer(endless));
    expect(await open().post(message(url))).toEqual({ kind: 'answered', status: 200 });
  });

  test('too-large: headers without end', async () => {
    const { url } = await server(
      rawServer((socket) =>
        socket.write(`HTTP/1.1 200 OK\r\n${`x: ${'y'.repeat(99)}\r\n`.repeat(300)}`),
      ),
    );
    expect(await open().post(message(url))).toMatchObject(failed('too-large'));
  });

  test.each(['no HTTP at all\r\n\r\n', ''])('unreachable: %j, and the end', async (spoken) => {
    const { url } = await server(rawServer((socket) => socket.end(spoken)));
    expect(await open().post(message(url))).toMatchObject(failed('unreachable'));
  });
});
