import { afterEach, describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { httpFetch } from '../../shared/adapters/http-fetch.ts';
import { fetchContract } from '../contracts/fetch.ts';
import { fakeDns } from '../support/fake-dns.ts';
import { leading } from '../support/leading-names.ts';
import { memoryFetch } from '../support/memory/fetch.ts';
import { ask, failed, fetched, NO_RESOLVERS } from './http-fetch-asking.ts';
import { httpServer, type TestServer } from './http-fetch-servers.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function http(answer: RequestListener): Promise<TestServer> {
  const server = await httpServer(answer);
  closing.push(server.close);
  return server;
}

fetchContract('the memory fetch', async () => {
  const { fetch, answer, silence } = memoryFetch();
  return {
    fetch,
    serve(name, from) {
      const url = `http://ca.example.org/${name}`;
      if (from === 'silence') silence(url);
      else answer(url, from);
      return url;
    },
    close: async () => undefined,
  };
});

fetchContract('HTTP', async () => {
  const served = new Map<string, ((body: Uint8Array) => Uint8Array) | 'silence'>();
  const server = await httpServer((request, response) => {
    const from = served.get(request.url ?? '');
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      if (from === 'silence') return;
      if (from) response.end(from(Buffer.concat(pieces)));
      else response.writeHead(404).end('nothing here');
    });
  });
  return {
    fetch: httpFetch({ loopback: true, resolvers: NO_RESOLVERS }),
    serve(name, from) {
      served.set(`/${name}`, from);
      return `${server.url}${name}`;
    },
    close: server.close,
  };
});

describe('what is said to the server', () => {
  test('the name and what is wanted, unpacked, and nothing else', async () => {
    let seen: unknown;
    const server = await http(({ method, url, headers }, response) => {
      seen = { method, url, headers };
      response.end('x');
    });
    const accept = 'application/pkix-crl';
    await expect(ask(`${server.url}a%20b?c=d#e`, { accept })).resolves.toEqual(fetched('x'));
    expect(seen).toEqual({
      method: 'GET',
      url: '/a%20b?c=d',
      headers: {
        host: `127.0.0.1:${server.port}`,
        accept,
        'accept-encoding': 'identity',
        'user-agent': 'direct-transmit',
        connection: 'close',
      },
    });
  });

  test('a question, with its kind and length', async () => {
    let seen: unknown;
    const server = await http(({ method, headers }, response) => {
      seen = [method, headers['content-type'], headers['content-length']];
      response.end('x');
    });
    const body = { type: 'application/ocsp-request', bytes: Uint8Array.of(1, 2, 3) };
    await expect(ask(server.url, { body })).resolves.toEqual(fetched('x'));
    expect(seen).toEqual(['POST', 'application/ocsp-request', '3']);
  });

  test('no proxy of the environment hears of it', async () => {
    const proxy = await http((_, response) => response.end('proxy'));
    const server = await http((_, response) => response.end('server'));
    const before = { ...process.env };
    Object.assign(process.env, { HTTP_PROXY: proxy.url, NODE_USE_ENV_PROXY: '1' });
    try {
      await expect(ask(server.url)).resolves.toEqual(fetched('server'));
    } finally {
      process.env = before;
    }
    expect(proxy.connections()).toBe(0);
  });
});

/** A name server that leads to each of the lists in turn. */
async function names(...turns: string[][]) {
  let turn = 0;
  const dns = await fakeDns({ udp: leading({ A: () => turns[turn++] ?? [] }) });
  closing.push(() => dns.close());
  return dns;
}

describe('the guard', () => {
  test.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://2852039166/',
    'http://0xA9FEA9FE/',
    'http://[::ffff:169.254.169.254]/',
    'http://[fd00:ec2::254]/',
    'http://10.0.0.1:8080/',
    'http://8.8.8.8:22/',
    'http://8.8.8.8:25/',
    'https://8.8.8.8:853/',
  ])('blocks %s', async (url) => {
    await expect(ask(url)).resolves.toEqual(failed('blocked'));
  });

  test('blocks this machine unless a setting opens it, and then no connection is made', async () => {
    const server = await http((_, response) => response.end('inside'));
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433']) {
      const url = `http://${host}:${server.port}/`;
      await expect(ask(url, {}, { loopback: false })).resolves.toEqual(failed('blocked'));
    }
    expect(server.connections()).toBe(0);
  });

  test('blocks a name that leads inside', async () => {
    const server = await http((_, response) => response.end('inside'));
    const { address: resolvers } = await names(['127.0.0.1']);
    const url = `http://crl.example.org:${server.port}/`;
    await expect(ask(url, {}, { loopback: false, resolvers })).resolves.toEqual(failed('blocked'));
    expect(server.connections()).toBe(0);
  });

  test('connects to the address it looked at, though the name leads elsewhere by then', async () => {
    let host: string | undefined;
    const server = await http(({ headers }, response) => {
      host = headers.host;
      response.end('x');
    });
    const dns = await names(['127.0.0.1'], ['169.254.169.254']);
    const url = `http://crl.example.org:${server.port}/`;
    await expect(ask(url, {}, { resolvers: dns.address })).resolves.toEqual(fetched('x'));
    expect(host).toBe(`crl.example.org:${server.port}`);
    expect(dns.asked.filter(({ questions }) => questions?.[0]?.type === 'A')).toHaveLength(1);
  });

  test('does not know a name that nobody knows', async () => {
    const { address: resolvers } = await names();
    await expect(ask('http://nobody.example.org/', {}, { resolvers })).resolves.toEqual(
      failed('unreachable'),
    );
  });

  test('cannot be made with resolvers that cannot be read', () => {
    expect(() => httpFetch({ loopback: false, resolvers: 'not a resolver' })).toThrow('RESOLVERS');
  });
});

const moving = (to: (path: string) => string, status = 302): Promise<TestServer> =>
  http((request, response) => {
    const path = request.url ?? '';
    if (path === '/end') response.end('arrived');
    else response.writeHead(status, { location: to(path) }).end();
  });

describe('redirects', () => {
  test('are not followed unless they may be', async () => {
    const server = await moving(() => '/end');
    await expect(ask(server.url)).resolves.toEqual(failed('refused'));
    expect(server.connections()).toBe(1);
  });

  test.each([301, 302, 303, 307, 308])('%i is followed where it may be', async (status) => {
    const server = await moving(() => '/end', status);
    await expect(ask(server.url, { maxRedirects: 1 })).resolves.toEqual(fetched('arrived'));
  });

  test('are followed as often as they may be and no further', async () => {
    const next: Record<string, string> = { '/': '/1', '/1': '/2', '/2': '/end' };
    const server = await moving((path) => next[path] ?? '/end');
    await expect(ask(server.url, { maxRedirects: 3 })).resolves.toEqual(fetched('arrived'));
    await expect(ask(server.url, { maxRedirects: 2 })).resolves.toEqual(failed('refused'));
    const circle = await moving((path) => path);
    await expect(ask(circle.url, { maxRedirects: 3 })).resolves.toEqual(failed('refused'));
    expect(circle.connections()).toBe(4);
  });

  test.each([
    'http://169.254.169.254/latest/',
    '//2852039166/',
    'http://10.0.0.1/',
    'http://8.8.8.8:22/',
    'http://user:secret@127.0.0.1/',
    'file:///etc/passwd',
    'data:,x',
    'http://',
    `/${'a'.repeat(2048)}`,
  ])('to %s is blocked', async (location) => {
    const server = await moving(() => location);
    await expect(ask(server.url, { maxRedirects: 3 })).resolves.toEqual(failed('blocked'));
  });

  test('are not followed with a body', async () => {
    const server = await moving(() => '/end', 307);
    const body = { type: 'application/ocsp-request', bytes: new Uint8Array(1) };
    await expect(ask(server.url, { maxRedirects: 3, body })).resolves.toEqual(failed('refused'));
  });

  test('are not followed with a token, which is for one server', async () => {
    const server = await moving(() => '/end');
    const asked = ask(server.url, { maxRedirects: 3, bearer: 'a-token' });
    await expect(asked).resolves.toEqual(failed('refused'));
  });
});
