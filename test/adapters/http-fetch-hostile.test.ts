import { afterEach, describe, expect, test } from '@jest/globals';
import type { RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { httpFetch } from '../../shared/adapters/http-fetch.ts';
import { ask, failed, fetched, NO_RESOLVERS } from './http-fetch-asking.ts';
import { httpServer, rawServer, type TestServer } from './http-fetch-servers.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function serving(starting: Promise<TestServer>): Promise<TestServer> {
  const server = await starting;
  closing.push(server.close);
  return server;
}
const http = (answer: RequestListener) => serving(httpServer(answer));
const raw = (speak: (socket: Socket) => void) => serving(rawServer(speak));

const saying = (text: string) => raw((socket) => void socket.end(text));

/** The head, and then the piece as fast as it is taken, for ever. */
const flooding = (head: string, piece: string) =>
  raw((socket) => {
    socket.write(head);
    const pour = (): void => {
      while (!socket.destroyed && socket.write(piece.repeat(500)));
    };
    socket.on('drain', pour);
    pour();
  });

/** The head, and then a drop now and then, for ever. */
const dripping = (head: string, drop: string) =>
  raw((socket) => {
    socket.write(head);
    const timer = setInterval(() => socket.write(drop), 10);
    socket.once('close', () => clearInterval(timer));
  });

describe('a server that gives something else', () => {
  test.each([201, 204, 206, 300, 304, 400, 401, 404, 500, 503])('status %i', async (status) => {
    const server = await http((_, response) => response.writeHead(status).end());
    await expect(ask(server.url)).resolves.toMatchObject(failed('refused'));
  });

  test('packed bytes are not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const server = await http((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    await expect(ask(server.url)).resolves.toMatchObject(failed('refused'));
  });

  test('what calls itself unpacked is taken', async () => {
    const server = await http((_, response) =>
      response.writeHead(200, { 'content-encoding': 'Identity' }).end('x'),
    );
    await expect(ask(server.url)).resolves.toEqual(fetched('x'));
  });
});

describe('a server that gives too much', () => {
  test('by its own words: nothing of it is read', async () => {
    const server = await raw((socket) =>
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n'),
    );
    await expect(ask(server.url)).resolves.toMatchObject(failed('too-large'));
  });

  test.each([
    ['a body without end', 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(100)],
    ['pieces without end', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n'],
    ['headers without end', 'HTTP/1.1 200 OK\r\n', `X-More: ${'x'.repeat(50)}\r\n`],
    ['one header without end', 'HTTP/1.1 200 OK\r\nX: ', 'x'.repeat(100)],
    ['a status line without end', 'HTTP/1.1 200 ', 'O'.repeat(100)],
    ['a preface without end', '', 'HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n'],
    [
      'a piece with remarks without end',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;',
      'x'.repeat(100),
    ],
    [
      'an end without end',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n',
      `X-More: ${'x'.repeat(50)}\r\n`,
    ],
  ])('%s', async (_, head, piece) => {
    const server = await flooding(head, piece);
    await expect(ask(server.url)).resolves.toMatchObject(failed('too-large'));
  });
});

describe('a server that breaks off', () => {
  test.each([
    ['at once', ''],
    ['in the headers', 'HTTP/1.1 200 OK\r\nContent-Le'],
    ['in the body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc'],
    ['in a piece', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nabc'],
    ['before the last piece', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'],
    ['speaking something else', '220 mail.example.org ESMTP\r\n'],
    [
      'changing the protocol',
      'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    ],
    ['with two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  ])('%s', async (_, text) => {
    const server = await saying(text);
    await expect(ask(server.url)).resolves.toMatchObject(failed('unreachable'));
  });

  test('is told with how much had come', async () => {
    const server = await saying('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc');
    const broken = { ...failed('unreachable'), receivedBytes: 3 };
    await expect(ask(server.url)).resolves.toEqual(broken);
  });

  test('or is not there', async () => {
    const server = await httpServer(() => undefined);
    await server.close();
    await expect(ask(server.url)).resolves.toEqual(failed('unreachable'));
  });
});

describe('a server that is slow', () => {
  test.each([
    ['silent', 'HTTP', ''],
    ['dripping headers', 'HTTP/1.1 200 OK\r\n', 'X: y\r\n'],
    ['dripping its body', 'HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n', 'x'],
  ])('%s, is left at the deadline', async (_, head, drop) => {
    const server = await dripping(head, drop);
    await expect(ask(server.url, {}, { deadlineMs: 200 })).resolves.toMatchObject(
      failed('too-slow'),
    );
  });

  test('is left as soon as whoever asks gives up', async () => {
    const server = await dripping('HTTP/1.1 200 OK\r\n\r\n', 'x');
    const within = AbortSignal.timeout(100);
    await expect(ask(server.url, { within })).resolves.toMatchObject(failed('too-slow'));
  });

  test('through one redirect after another, has the deadline once for all of them', async () => {
    let asked = 0;
    const server = await http((_, response) => {
      asked += 1;
      setTimeout(() => response.writeHead(302, { location: '/' }).end(), 40);
    });
    const more = { maxRedirects: 1000 };
    await expect(ask(server.url, more, { deadlineMs: 200 })).resolves.toMatchObject(
      failed('too-slow'),
    );
    expect(asked).toBeLessThan(10);
  });

  test('to begin TLS, is left earlier', async () => {
    const server = await raw(() => undefined);
    const url = server.url.replace('http:', 'https:');
    await expect(ask(url, {}, { connectMs: 100 })).resolves.toMatchObject(failed('unreachable'));
  });
});

describe('one server', () => {
  test('is asked for four objects at a time, and for all of them', async () => {
    const waiting: ServerResponse[] = [];
    let most = 0;
    const server = await http((_, response) => {
      waiting.push(response);
      most = Math.max(most, waiting.length);
      setTimeout(() => waiting.shift()?.end('x'), 20);
    });
    const fetch = httpFetch({ loopback: true, resolvers: NO_RESOLVERS });
    const all = Array.from({ length: 10 }, () =>
      fetch({ url: server.url, maxBytes: 10, within: AbortSignal.timeout(10_000) }),
    );
    await expect(Promise.all(all)).resolves.toEqual(all.map(() => fetched('x')));
    expect(most).toBe(4);
  });
});
