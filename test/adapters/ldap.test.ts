import { afterEach, describe, expect, test } from '@jest/globals';
import type { Socket } from 'node:net';
import { ldapClient, type LdapOptions } from '../../shared/adapters/ldap.ts';
import type { LdapServer } from '../../shared/discover/ldap.ts';
import { done, fail } from '../../shared/outcome.ts';
import { ldapContract } from '../contracts/ldap.ts';
import {
  ber,
  crowd,
  end,
  entry,
  fakeLdap,
  honestly,
  message,
  octets,
  reference,
  type FakeLdap,
  type FakeLdapOptions,
  type LdapBehaviour,
} from '../support/fake-ldap.ts';

const HOST = '127.0.0.1';
const OPEN = { loopback: true };
/** For servers that never come to an end. */
const BRIEF = { ...OPEN, searchTimeoutMs: 300 };
const CERTIFICATE = Buffer.from([0x30, 2, 5, 0]);
const later = (): AbortSignal => AbortSignal.timeout(10_000);

const servers: FakeLdap[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(behave: LdapBehaviour, options?: FakeLdapOptions): Promise<FakeLdap> {
  const server = await fakeLdap(behave, options);
  servers.push(server);
  return server;
}

async function connect(
  behave: LdapBehaviour,
  options: Partial<LdapOptions> & { banner?: string; within?: AbortSignal } = {},
): Promise<LdapServer> {
  const { banner, within = later(), ...rest } = options;
  const { port } = await serve(behave, banner ? { banner } : {});
  const opened = await ldapClient({ ...OPEN, ...rest }).open({ target: HOST, port }, within);
  if (!opened.ok) throw new Error(opened.failure.code);
  return opened.value;
}

const search = async (behave: LdapBehaviour, options?: Parameters<typeof connect>[1]) => {
  const server = await connect(behave, options);
  try {
    return await server.certificates('ou=one', 'dr.berg@clinic.example');
  } finally {
    await server.close();
  }
};

ldapContract('LDAP over TCP', async (contents) => {
  const server = await fakeLdap(honestly(contents));
  const dead = await fakeLdap(honestly(contents));
  await dead.close();
  return {
    ldap: ldapClient({ loopback: true }),
    place: { target: HOST, port: server.port },
    deadPlace: { target: HOST, port: dead.port },
    close: () => server.close(),
  };
});

describe('a search', () => {
  test('asks for both attributes below the context, and never for more than 50 entries', async () => {
    const server = await serve(honestly({ contexts: ['ou=one'], entries: [] }));
    const opened = await ldapClient(OPEN).open({ target: HOST, port: server.port }, later());
    if (!opened.ok) throw new Error(opened.failure.code);
    await opened.value.namingContexts();
    await opened.value.certificates('ou=one', 'clinic.example');
    await opened.value.close();
    const both = ['userCertificate;binary', 'userCertificate'];
    expect(server.asked).toEqual([
      { id: 1, base: '', scope: 0, sizeLimit: 50, attributes: ['namingContexts'] },
      { id: 2, base: 'ou=one', scope: 2, sizeLimit: 50, mail: 'clinic.example', attributes: both },
    ]);
  });

  test.each([
    'userCertificate;binary',
    'userCertificate',
    'USERCERTIFICATE;Binary',
    '2.5.4.36;binary',
  ])('takes %s', async (attribute) => {
    const found = await search(({ id }) => [entry(id, { [attribute]: [CERTIFICATE] }), end(id)]);
    expect(found).toEqual(done([Uint8Array.from(CERTIFICATE)]));
  });

  test('passes over attributes that nobody asked for, and takes text that is no certificate as it is', async () => {
    const found = await search(({ id }) => [
      entry(id, {
        'userSMIMECertificate;binary': [CERTIFICATE],
        'userCertificate;lang-en': [CERTIFICATE],
        userCertificate: [Buffer.from('plain text')],
        'userCertificate;binary': [],
      }),
      end(id),
    ]);
    expect(found).toEqual(done([Uint8Array.from(Buffer.from('plain text'))]));
  });

  test('follows no reference, and passes over controls', async () => {
    const control = ber(0xa0, [ber(0x30, [octets('1.2.3')])]);
    const whole = entry(1, { userCertificate: [CERTIFICATE] });
    const found = await search(({ id }) => [
      reference(id, 'ldap://elsewhere.example/ou=one'),
      whole,
      message(id, ber(0x65, [ber(0x0a, [Buffer.of(0)]), octets(''), octets('')]), control),
    ]);
    expect(found).toEqual(done([Uint8Array.from(CERTIFICATE)]));
  });

  test('understands an answer that comes octet by octet', async () => {
    const found = await search(({ id }, socket) => {
      socket.setNoDelay(true);
      const bytes = Buffer.concat([entry(id, { userCertificate: [CERTIFICATE] }), end(id)]);
      return [...bytes].map((octet) => Buffer.of(octet));
    });
    expect(found).toEqual(done([Uint8Array.from(CERTIFICATE)]));
  });

  test.each([
    ['discover/ldap-unreachable', 3, 'the time limit'],
    ['discover/ldap-unreachable', 51, 'busy'],
    ['discover/ldap-unreachable', 52, 'unavailable'],
    ['discover/ldap-refused', 1, 'Active Directory wants a bind'],
    ['discover/ldap-refused', 8, 'stronger authentication'],
    ['discover/ldap-refused', 48, 'no anonymous bind'],
    ['discover/ldap-refused', 49, 'invalid credentials'],
    ['discover/ldap-refused', 50, 'insufficient access'],
    ['discover/ldap-refused', 53, 'unwilling'],
    ['discover/ldap-malformed', 2, 'a protocol error'],
    ['discover/ldap-malformed', 4, 'its own size limit'],
    ['discover/ldap-malformed', 10, 'a referral'],
    ['discover/ldap-malformed', 11, 'an administrative limit'],
  ] as const)('%s: result code %d, %s', async (...[code, result]) => {
    const found = await search(({ id }) => [
      entry(id, { userCertificate: [CERTIFICATE] }),
      end(id, result),
    ]);
    expect(found).toEqual(fail(code, `result code ${result}`));
  });
});

/** Sends without end, as fast as the client takes it. */
function flood(socket: Socket, bytes: Buffer): undefined {
  const more = (): void => {
    while (!socket.destroyed && socket.write(bytes)) continue;
  };
  socket.on('drain', more);
  more();
}

const unending = (id: number): Buffer => entry(id, { description: [Buffer.alloc(30_000)] });

describe('a hostile server', () => {
  test('discover/ldap-unreachable: silence, within the time that was given', async () => {
    const within = later();
    const found = await search(() => undefined, { ...BRIEF, within });
    expect(found).toEqual(fail('discover/ldap-unreachable'));
    expect(within.aborted).toBe(false);
  });

  test('discover/ldap-unreachable: silence until the deadline of all look-ups', async () => {
    const within = AbortSignal.timeout(200);
    const found = await search(() => undefined, { searchTimeoutMs: 60_000, within });
    expect(found).toEqual(fail('discover/ldap-unreachable'));
  });

  test.each<[string, LdapBehaviour]>([
    ['it hangs up', (_, socket) => void socket.destroy()],
    ['it hangs up within an answer', ({ id }, socket) => void socket.end(end(id).subarray(0, 9))],
    ['it says that it goes', () => [end(0, 52, 0x78)]],
    ['an end never comes', ({ id }) => [entry(id, {})]],
  ])('discover/ldap-unreachable: %s', async (_, behave) => {
    expect(await search(behave, BRIEF)).toEqual(fail('discover/ldap-unreachable'));
  });

  test.each<[string, LdapBehaviour]>([
    ['no LDAP at all', () => [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')]],
    ['an element of two gigabytes', () => [Buffer.of(0x30, 0x84, 0x7f, 0xff, 0xff, 0xff)]],
    ['a length below zero', () => [Buffer.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)]],
    ['a length without end', () => [Buffer.of(0x30, 0x80, 2, 1, 1, 0, 0)]],
    ['a length of five octets', () => [Buffer.of(0x30, 0x85, 0, 0, 0, 0, 1, 0)]],
    ['answers to another question', ({ id }) => [end(id + 1)]],
    ['an answer to a bind', ({ id }) => [end(id, 0, 0x61)]],
    ['an empty message', () => [Buffer.of(0x30, 0)]],
    ['a number of five octets', () => [ber(0x30, [ber(2, [Buffer.alloc(5)])])]],
    ['a flood of entries', ({ id }, socket) => flood(socket, unending(id))],
    ['a flood of messages', ({ id }, socket) => flood(socket, reference(id, ''))],
    ['51 certificates', ({ id }) => [entry(id, { userCertificate: copies(51, 9) }), end(id)]],
    ['a huge one', ({ id }) => [entry(id, { userCertificate: copies(1, 65_537) }), end(id)]],
    ['values of nothing', ({ id }) => [entry(id, { description: copies(10_001, 0) }), end(id)]],
    ['a crowd of attributes', ({ id }) => [message(id, crowd(10_001, 0)), end(id)]],
    ['values spread over attributes', ({ id }) => [message(id, crowd(101, 100)), end(id)]],
    [
      'attributes spread over entries',
      ({ id }) => Array<Buffer>(11).fill(message(id, crowd(1000, 0))),
    ],
  ])('discover/ldap-malformed: %s', async (_, behave) => {
    const found = await search(behave);
    expect(found).toEqual(fail('discover/ldap-malformed'));
  });

  /** Each of these makes a reader that trusts lengths loop for ever. */
  test.each<[string, Buffer]>([
    ['a set longer than its message', attributes(Buffer.of(0x31, 0x20, 4, 0))],
    ['values longer than their set', attributes(Buffer.of(0x31, 2, 4, 9))],
    ['octets where attributes belong', ber(0x64, [octets('cn=x'), ber(4, [Buffer.of(9, 9)])])],
    ['text where values belong', attributes(octets('x'))],
  ])('discover/ldap-malformed: %s', async (_, operation) => {
    const found = await search(({ id }) => [message(id, operation), end(id)]);
    expect(found).toEqual(fail('discover/ldap-malformed'));
  });

  test('discover/ldap-malformed: a greeting that is no LDAP', async () => {
    const found = await search(honestly({ contexts: [], entries: [] }), { banner: '220 mail\r\n' });
    expect(found).toEqual(fail('discover/ldap-malformed'));
  });

  test.each<[string, readonly Uint8Array[]]>([
    ['eleven contexts', copies(11, 4)],
    ['one that is no text', [Buffer.of(0xff, 0xfe)]],
    ['one that is a novel', copies(1, 1001)],
  ])('discover/ldap-malformed: %s', async (_, namingContexts) => {
    const server = await connect(({ id }) => [entry(id, { namingContexts }), end(id)]);
    await expect(server.namingContexts()).resolves.toEqual(fail('discover/ldap-malformed'));
    await server.close();
  });

  test('is not held on to: nothing is asked again and no connection stays', async () => {
    const fake = await serve(() => undefined);
    const opened = await ldapClient(BRIEF).open({ target: HOST, port: fake.port }, later());
    if (!opened.ok) throw new Error(opened.failure.code);
    await opened.value.certificates('ou=one', 'a@clinic.example');
    await opened.value.certificates('ou=two', 'a@clinic.example');
    await opened.value.close();
    expect(fake.asked).toHaveLength(1);
    await until(() => fake.connections() === 0);
  });
});

test('a server is told when its client goes', async () => {
  const fake = await serve(honestly({ contexts: ['ou=one'], entries: [] }));
  const opened = await ldapClient(OPEN).open({ target: HOST, port: fake.port }, later());
  if (!opened.ok) throw new Error(opened.failure.code);
  await opened.value.namingContexts();
  await opened.value.close();
  await until(() => fake.unbound() && fake.connections() === 0);
});

describe('the guard', () => {
  test.each([
    ['loopback, where it is not open', HOST, { loopback: false }],
    ['metadata of the cloud', '169.254.169.254', { loopback: true }],
    ['a private address as a number', '0x0a000001', { loopback: true }],
  ])('discover/ldap-blocked: %s', async (_, target, options) => {
    const fake = await serve(honestly({ contexts: [], entries: [] }));
    const opened = await ldapClient({ ...OPEN, ...options }).open(
      { target, port: fake.port },
      later(),
    );
    expect(opened).toEqual(fail('discover/ldap-blocked'));
    expect(fake.connections()).toBe(0);
  });

  test('discover/ldap-unreachable: a name that has no address', async () => {
    const resolvers = `${HOST}:9`;
    const opened = await ldapClient({ ...OPEN, resolvers }).open(
      { target: 'ldap-unavailable.clinic.example', port: 1389 },
      later(),
    );
    expect(opened).toEqual(fail('discover/ldap-unreachable'));
  });
});

function copies(count: number, bytes: number): Uint8Array[] {
  return Array.from({ length: count }, () => Buffer.alloc(bytes, 0x30));
}

/** An entry with one attribute, whose values are these bytes. */
function attributes(values: Buffer): Buffer {
  return ber(0x64, [octets('cn=x'), ber(0x30, [ber(0x30, [octets('userCertificate'), values])])]);
}

async function until(holds: () => boolean): Promise<void> {
  for (let times = 0; times < 100 && !holds(); times++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(holds()).toBe(true);
}
