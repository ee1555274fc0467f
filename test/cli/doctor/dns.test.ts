import { decode, encode, type Answer, type DecodedPacket } from 'dns-packet';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { receiving } from '../../../infra/cli/doctor/checks/receiving.ts';
import { resolvers } from '../../../infra/cli/doctor/checks/resolvers.ts';
import { startDnsServer } from '../../../infra/local/world/dns-server.ts';
import { startScripted } from '../../adapters/smtp-relay-servers.ts';
import { certAnswer, fakeDns, framed, reply, type Oddities } from '../../support/fake-dns.ts';
import { freePort } from '../../support/servers/free-port.ts';
import { said, type Given } from './examined.ts';

const NAME = 'records.holder.example';
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const CERTIFICATE = { answers: [certAnswer(NAME, new Uint8Array(1500))] };
const both: Oddities = {
  udp: (query) => reply(query),
  tcp: (query) => framed(reply(query)),
};
/** RCODE 2 and 1. */
const FAILS = 2;
const NO_EDNS = 1;
const withCode = (query: DecodedPacket, code: number): Buffer => reply(query, { flags: code });

describe('a resolver', () => {
  test('that holds our certificate gives it whole', async () => {
    const server = await startDnsServer({ records: { [NAME]: [new Uint8Array(1500)] } });
    closing.push(() => server.close());
    expect(await said(resolvers, { resolvers: server.address })).toEqual([
      `ok: ${server.address} answers by UDP and TCP; 1 CERT record(s) of ours came whole, by TCP.`,
    ]);
  });

  test.each<[string, Oddities, string]>([
    ['has nothing of ours', both, 'ok: HOST answers by UDP and TCP; there are no CERT records of ours to try it with.'], // prettier-ignore
    ['answers by UDP alone', { ...both, tcpRefused: true }, 'fail: HOST answers by UDP alone: certificates are longer than a datagram.'], // prettier-ignore
    ['cannot look up', { udp: (query) => withCode(query, FAILS), tcp: (query) => framed(withCode(query, FAILS)) }, 'fail: HOST: discover/unreachable'], // prettier-ignore
    ['knows no EDNS', { ...both, udp: (query) => query.additionals?.length ? withCode(query, NO_EDNS) : reply(query, CERTIFICATE) }, 'warn: HOST knows no EDNS0'], // prettier-ignore
  ])('that %s', async (_, oddities, expected) => {
    const server = await fakeDns(oddities);
    closing.push(() => server.close());
    const [line] = await said(resolvers, { resolvers: server.address });
    expect(line).toContain(expected.replace('HOST', server.address));
  });

  test('that answers by TCP alone is in doubt, one that answers nothing fails, each for itself', async () => {
    const slow = await fakeDns({ tcp: (query) => framed(reply(query)) });
    closing.push(() => slow.close());
    const nobody = `127.0.0.1:${await freePort()}`;
    const lines = await said(resolvers, { resolvers: `${slow.address},${nobody}` });
    expect(lines).toEqual([
      `warn: ${slow.address} answers by TCP alone, after a wait.`,
      `fail: ${nobody} does not answer.`,
    ]);
  });
});

/** A name server that knows only the MX of everybody. */
async function exchangers(...hosts: readonly string[]): Promise<string> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.on('message', (message, from) => {
    const query = decode(message);
    const name = query.questions?.[0]?.name ?? '';
    const answers = hosts.map((exchange): Answer => ({ type: 'MX', name, ttl: 60, data: { preference: 10, exchange } })); // prettier-ignore
    socket.send(encode({ type: 'response', id: query.id, flags: 0x400, questions: query.questions ?? [], answers }), from.port, from.address); // prettier-ignore
  });
  closing.push(async () => socket.close());
  return `127.0.0.1:${socket.address().port}`;
}

describe('mail to our senders', () => {
  const SES = 'inbound-smtp.us-east-1.amazonaws.com';
  const bySes: Given = { deployment: { region: 'us-east-1', receiving: 'ses' } };
  const elsewhere: Given = { deployment: { receiving: 'elsewhere' } };

  test.each<[string, Given, readonly string[], string]>([
    ['goes to SES', bySes, [SES], `ok: holder.example has its mail taken in by ${SES}.`],
    ['goes to SES and elsewhere', bySes, [SES, 'mx.old.example'], `warn: holder.example has its mail taken in by ${SES}, mx.old.example: what the others take in is not read.`], // prettier-ignore
    ['goes past SES', bySes, ['mx.old.example'], 'fail: holder.example has its mail taken in by mx.old.example, and not by SES.'], // prettier-ignore
    ['goes where it should', elsewhere, ['mx.holder.example'], 'ok: holder.example has its mail taken in by mx.holder.example.'], // prettier-ignore
    ['goes nowhere', elsewhere, [], 'fail: holder.example has no MX.'],
    ['is refused', elsewhere, ['.'], 'fail: holder.example says that it takes no mail.'],
  ])('%s', async (_, given, hosts, expected) => {
    expect(await said(receiving, { ...given, resolvers: await exchangers(...hosts) })).toEqual([
      expected,
    ]);
  });

  test('is in doubt when nobody answers', async () => {
    const [line] = await said(receiving, { resolvers: `127.0.0.1:${await freePort()}` });
    expect(line).toMatch(/^warn: holder\.example: nobody says its MX/);
  });

  test.each([
    ['220 come in', 'ok', 'takes mail in.'],
    ['421 later', 'fail', 'takes no mail in (421).'],
  ])('of the local system comes by its door, which says %s', async (greeting, verdict, says) => {
    const { port, close } = await startScripted({ greeting });
    closing.push(close);
    const mailDoor = `127.0.0.1:${port}`;
    expect(await said(receiving, { deployed: { mailDoor } })).toEqual([
      `${verdict}: ${mailDoor} ${says}`,
    ]);
  });

  test('of a local system that is gone finds no door', async () => {
    const mailDoor = `127.0.0.1:${await freePort()}`;
    expect(await said(receiving, { deployed: { mailDoor } })).toEqual([
      `fail: ${mailDoor} takes no mail in (ECONNREFUSED).`,
    ]);
  });
});
