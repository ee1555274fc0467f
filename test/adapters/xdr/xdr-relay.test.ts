import { afterEach, describe, expect, test } from '@jest/globals';
import type { CredentialsFor } from '../../../shared/adapters/relay-secret.ts';
import { xdrRelay } from '../../../shared/adapters/xdr/xdr-relay.ts';
import { faultAnswer } from '../../../shared/package/xdr/answer.ts';
import { relayContract, type RelayDoes } from '../../contracts/relay.ts';
import { copyTo } from './copy.ts';
import { envelopeOf, HANG_UP, says, startRaw, startXdr, type Answering } from './xdr-servers.ts';

const NONE = { credentials: async () => [] };

const DOES: Readonly<Record<Exclude<RelayDoes, 'is-unreachable'>, Answering>> = {
  takes: says(),
  refuses: says('transmit-request/none'),
  defers: says('edge/unavailable'),
  'rejects-credentials': () => ({ status: 401 }),
  'takes-without-answer': HANG_UP,
};

relayContract('the XDR relay', async (behaviour) => {
  const isGone = behaviour === 'is-unreachable';
  const server = await startXdr(isGone ? HANG_UP : DOES[behaviour]);
  if (isGone) await server.close();
  const hasIt = ['takes', 'takes-without-answer'].includes(behaviour);
  return {
    relay: xdrRelay(`hisp+xdr://127.0.0.1:${server.port}/xdr`, NONE),
    copyTo,
    get taken() {
      return hasIt ? server.heard.map(envelopeOf) : [];
    },
    close: isGone ? async () => undefined : server.close,
  };
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function against(answering: Answering, limits = {}) {
  const server = await startXdr(answering);
  closing.push(server.close);
  const relay = xdrRelay(`hisp+xdr://127.0.0.1:${server.port}/xdr`, { ...NONE, ...limits });
  return relay.submit(copyTo());
}

const failed = (code: string, detail: string) =>
  ({ ok: false, failure: { code, detail } }) as const;

const soap =
  (body: string, status = 200): Answering =>
  () => ({
    status,
    contentType: 'application/soap+xml; charset=UTF-8',
    body: Buffer.from(
      `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Body>${body}</e:Body></e:Envelope>`,
    ),
  });

const RS = 'urn:oasis:names:tc:ebxml-regrep:xsd:rs:3.0';
const errors = (...codes: readonly string[]): string =>
  `<rs:RegistryResponse xmlns:rs="${RS}" status="urn:oasis:names:tc:ebxml-regrep:ResponseStatusType:Failure">` +
  `<rs:RegistryErrorList>${codes.map((code) => `<rs:RegistryError errorCode="${code}" codeContext="a@b.example"/>`).join('')}` +
  '</rs:RegistryErrorList></rs:RegistryResponse>';

const fault =
  (kind: 'Sender' | 'Receiver', status: number): Answering =>
  () => ({
    status,
    ...faultAnswer(kind, 'package/bad-soap', 'No.'),
  });

const BABBLE = [
  ['what is no HTTP', 'garbage\r\n\r\n'],
  ['a header without end', `HTTP/1.1 200 OK\r\nX: ${'y'.repeat(20_000)}`],
] as const;

describe('what the XDR relay makes of a HISP that answers', () => {
  test.each<[code: string, title: string, answering: Answering, detail: string]>([
    ['deliver/deferred', 'busy', soap(errors('XDSRepositoryBusy')), 'HTTP 200 XDSRepositoryBusy'],
    ['deliver/deferred', 'busy', soap(errors('XDSRegistryBusy')), 'HTTP 200 XDSRegistryBusy'],
    [
      'deliver/deferred',
      'out of resources, with a namespace before it',
      soap(errors('urn:ihe:iti:XDSRepositoryOutOfResources')),
      'HTTP 200 XDSRepositoryOutOfResources',
    ],
    [
      'deliver/refused',
      'busy, and that something is wrong',
      soap(errors('XDSRepositoryBusy', 'XDSRepositoryMetadataError')),
      'HTTP 200 XDSRepositoryBusy',
    ],
    [
      'deliver/refused',
      'an error',
      soap(errors('XDSUnknownPatientId')),
      'HTTP 200 XDSUnknownPatientId',
    ],
    ['deliver/refused', 'an error that names somebody', soap(errors('a@b.example')), 'HTTP 200'],
    ['deliver/refused', 'an error without a code', soap(errors()), 'HTTP 200'],
    ['deliver/refused', 'a fault of ours', fault('Sender', 400), 'HTTP 400'],
    ['deliver/refused', 'a fault of ours, as 500', fault('Sender', 500), 'HTTP 500'],
    ['deliver/deferred', 'a fault of its own', fault('Receiver', 500), 'HTTP 500'],
    ['deliver/not-authorized', '401', () => ({ status: 401 }), 'HTTP 401'],
    ['deliver/not-authorized', '403', () => ({ status: 403 }), 'HTTP 403'],
    ['deliver/too-large', '413', () => ({ status: 413 }), 'HTTP 413'],
    ['deliver/deferred', '429', () => ({ status: 429 }), 'HTTP 429'],
    ['deliver/refused', '404', () => ({ status: 404 }), 'HTTP 404'],
    ['deliver/unanswered', '408', () => ({ status: 408 }), 'HTTP 408'],
    ['deliver/unanswered', '200 and nothing', () => ({ status: 200 }), 'HTTP 200'],
    ['deliver/unanswered', 'that it will do it later', () => ({ status: 202 }), 'HTTP 202'],
    ['deliver/unanswered', 'a redirect', () => ({ status: 307 }), 'HTTP 307'],
    ['deliver/unanswered', '500 and a page', () => ({ status: 500 }), 'HTTP 500'],
    ['deliver/unanswered', '502', () => ({ status: 502 }), 'HTTP 502'],
    ['deliver/unanswered', '503 by a door in front of it', () => ({ status: 503 }), 'HTTP 503'],
    ['deliver/deferred', 'a fault of its own, as 503', fault('Receiver', 503), 'HTTP 503'],
    ['deliver/unanswered', 'another SOAP message', soap('<x xmlns="urn:x"/>'), 'HTTP 200'],
    ['deliver/unanswered', 'half a SOAP message', soap('<x'), 'HTTP 200'],
    [
      'deliver/unanswered',
      'success, as 500',
      (heard) => ({ ...says()(heard), status: 500 }),
      'HTTP 500',
    ],
    [
      'deliver/unanswered',
      'more than is read',
      () => ({ status: 200, body: Buffer.alloc(1024 * 1024 + 1) }),
      'TooLarge',
    ],
    ['deliver/unanswered', 'nothing, and hangs up', HANG_UP, 'ECONNRESET'],
  ])('%s: %s', async (code, _, answering, detail) => {
    expect(await against(answering)).toEqual(failed(code, detail));
  });

  test('deliver/deferred: 503, before it was given the body', async () => {
    const answer = await rawly('HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n', 'head');
    expect(answer).toEqual(failed('deliver/deferred', 'HTTP 503'));
  });

  test('deliver/unanswered: 200, and then nothing for longer than it all may take', async () => {
    const answer = await rawly('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx', 'body');
    expect(answer).toEqual(failed('deliver/unanswered', 'ETIMEDOUT'));
  });

  test.each(BABBLE)('deliver/unanswered: %s, when it has the body', async (_, text) => {
    expect(await rawly(text, 'body')).toMatchObject({ failure: { code: 'deliver/unanswered' } });
  });

  test.each([
    ...BABBLE,
    ['that it took what it was not given', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'],
    ['leave, and hangs up before the body', 'close'],
  ])('deliver/unreachable: %s, before it was given the body', async (_, text) => {
    expect(await rawly(text, 'head')).toMatchObject({ failure: { code: 'deliver/unreachable' } });
  });
});

/** Against a server that says this as soon as it has the head, or gives leave and says it when it has some of the body. */
async function rawly(text: string, when: 'head' | 'body') {
  const { port, close } = await startRaw((socket) => {
    const say = () => (text === 'close' ? socket.destroy() : socket.write(text));
    socket.once('data', () => {
      if (when === 'head') return say();
      socket.once('data', say);
      return socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    });
  });
  closing.push(close);
  const options = { ...NONE, overallSeconds: 0.5 };
  return xdrRelay(`hisp+xdr://127.0.0.1:${port}/`, options).submit(copyTo());
}

describe('the XDR relay and a HISP that', () => {
  test('says no before it was given the body: the body stays here', async () => {
    let received = '';
    const { port, close } = await startRaw((socket) => {
      socket.on('data', (chunk) => (received += chunk.toString('latin1')));
      socket.once('data', () => socket.write('HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n'));
    });
    closing.push(close);
    const answer = await xdrRelay(`hisp+xdr://127.0.0.1:${port}/`, NONE).submit(copyTo());
    expect(answer).toEqual(failed('deliver/not-authorized', 'HTTP 401'));
    expect(received).toMatch(/\r\n\r\n$/);
  });

  test('says no, and why not so slowly that leave would be taken: the body stays here', async () => {
    let received = '';
    const { port, close } = await startRaw((socket) => {
      socket.on('data', (chunk) => (received += chunk.toString('latin1')));
      socket.once('data', () => socket.write('HTTP/1.1 401 No\r\nContent-Length: 9\r\n\r\nx'));
    });
    closing.push(close);
    const relay = xdrRelay(`hisp+xdr://127.0.0.1:${port}/`, { ...NONE, overallSeconds: 2 });
    expect(await relay.submit(copyTo())).toEqual(failed('deliver/unreachable', 'ETIMEDOUT'));
    expect(received).toMatch(/\r\n\r\n$/);
  });

  test('does not give leave: it is given the body all the same', async () => {
    let received = '';
    const { port, close } = await startRaw((socket) => {
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1');
        if (received.endsWith('--\r\n')) socket.end('HTTP/1.1 429 No\r\nContent-Length: 0\r\n\r\n');
      });
    });
    closing.push(close);
    const answer = await xdrRelay(`hisp+xdr://127.0.0.1:${port}/`, NONE).submit(copyTo());
    expect(answer).toEqual(failed('deliver/deferred', 'HTTP 429'));
  });

  test('wants no question for leave: it is asked once more without', async () => {
    const heads: string[] = [];
    const { port, close } = await startRaw((socket) =>
      socket.once('data', (chunk) => {
        heads.push(chunk.toString('latin1').split('\r\n\r\n')[0] ?? '');
        const status = heads.length === 1 ? '417 What' : '429 No';
        socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
      }),
    );
    closing.push(close);
    const answer = await xdrRelay(`hisp+xdr://127.0.0.1:${port}/`, NONE).submit(copyTo());
    expect(answer).toEqual(failed('deliver/deferred', 'HTTP 429'));
    expect(heads.map((head) => /expect/i.test(head))).toEqual([true, false]);
  });

  test('wants no question for leave, and is as slow each time: both have the time of one', async () => {
    let asked = 0;
    const { port, close } = await startRaw((socket) => {
      asked += 1;
      const status = asked === 1 ? '417 What' : '429 No';
      const say = () => socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
      socket.once('data', () => setTimeout(say, 400));
    });
    closing.push(close);
    const relay = xdrRelay(`hisp+xdr://127.0.0.1:${port}/`, { ...NONE, overallSeconds: 0.6 });
    expect(await relay.submit(copyTo())).toEqual(failed('deliver/unanswered', 'ETIMEDOUT'));
    expect(asked).toBe(2);
  });
});

const endpointOf = (url: string) => xdrRelay(url, NONE).endpoint;
const credentials: CredentialsFor = async (host) => [{ host, user: 'u', password: 'p' }];

describe('the XDR relay', () => {
  test('says where requests are posted: over TLS, but on this machine', () => {
    expect(endpointOf('hisp+xdr://hisp.example:8443/xdr?a=1')).toBe(
      'https://hisp.example:8443/xdr?a=1',
    );
    expect(endpointOf('HISP+XDR://localhost:1/xdr')).toBe('http://localhost:1/xdr');
    expect(endpointOf('hisp+xdr://0.0.0.0/')).toBe('https://0.0.0.0/');
  });

  test.each([
    'https://hisp.example/xdr',
    'hisp+xdr:',
    'hisp+xdr://',
    'hisp+xdr://user:hunter2@hisp.example/xdr',
    'hisp+xdr://hisp.example/xdr#hunter2',
  ])('is not made of the URL %s, nor quotes it', (url) => {
    expect(() => xdrRelay(url, NONE)).toThrow(/URL/);
    expect(() => xdrRelay(url, NONE)).not.toThrow(/hunter2/);
  });

  test('deliver/not-authorized: nothing left when the secret could not be read', async () => {
    const unreadable = { credentials: async () => Promise.reject(new Error('hunter2')) };
    const answer = await xdrRelay('hisp+xdr://hisp.example/xdr', unreadable).submit(copyTo());
    const detail = expect.stringMatching(/^SECRET Error(?!.*hunter2)/);
    expect(answer).toEqual({ ok: false, failure: { code: 'deliver/not-authorized', detail } });
  });

  test('is shown the bytes as they are, at its path, and nothing of us', async () => {
    const server = await startXdr(says());
    closing.push(server.close);
    const relay = xdrRelay(`hisp+xdr://127.0.0.1:${server.port}/a/b?c=d`, { credentials });
    expect(await relay.submit(copyTo())).toMatchObject({ ok: true });
    const { method, url, headers } = server.heard[0]!.request;
    expect([method, url, headers.authorization]).toEqual(['POST', '/a/b?c=d', undefined]);
  });
});
