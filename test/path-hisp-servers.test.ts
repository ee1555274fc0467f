import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { hispSmtpRelay } from '../shared/adapters/hisp-smtp-relay.ts';
import type { Credential } from '../shared/adapters/relay-secret.ts';
import { xdrRelay } from '../shared/adapters/xdr/xdr-relay.ts';
import type { Relay } from '../shared/deliver/relay.ts';
import { readXdr } from '../shared/package/xdr/read-xdr.ts';
import { readAttachedXdm } from '../shared/secure/attached-package.ts';
import { readMime } from '../shared/secure/mime.ts';
import { startServer } from './adapters/smtp-relay-servers.ts';
import { says, startXdr } from './adapters/xdr/xdr-servers.ts';
import { SENDER } from './lambdas/http-world.ts';
import { valueOf } from './secure/support/people.ts';
import { ANY_HOST, clientBy, serverAt } from './support/any-host.ts';
import { discharge, DOCUMENT, kinds, readyToShare, transmission } from './support/one-record.ts';
import { RECIPIENT, type WholePath } from './support/whole-path.ts';

/** The path of a record over real servers of a HISP, with TLS, to which we say who we are. */
let path: WholePath;
beforeEach(async () => {
  path = await readyToShare();
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const goBy = (relay: Relay): void => void Object.assign(path.ports, { relay });

const showing =
  (credential: object) =>
  async (host: string): Promise<readonly Credential[]> => [{ host, ...credential } as Credential];

test('a record goes by submission, in clear inside of TLS, when its HISP has let us in', async () => {
  const { ca, ...identity } = await serverAt();
  const server = await startServer({
    ...identity,
    secure: true,
    authOptional: false,
    onAuth: ({ username, password }, _session, answer) =>
      password === 's:cret' ? answer(null, { user: username }) : answer(new Error('No')),
  });
  closing.push(server.close);
  const url = `hisp+smtps://${ANY_HOST}:${server.port}`;
  const by = (password: string) =>
    hispSmtpRelay(url, { credentials: showing({ user: 'edge', password }), authorities: [ca] });

  goBy(by('wrong'));
  await discharge(path);
  expect((await transmission(path)).timeline.at(-1)).toMatchObject({
    kind: 'deferred',
    code: 'deliver/not-authorized',
  });
  goBy(by('s:cret'));
  await path.sweepAt('2026-11-22T12:30:00Z');

  expect(await transmission(path)).toMatchObject({ status: 'sent' });
  expect(server.taken.map(({ from, to }) => [from, to])).toEqual([[SENDER, RECIPIENT]]);
  const { documents } = valueOf(readAttachedXdm(valueOf(readMime(server.taken[0]!.bytes))));
  expect(documents.map(({ bytes }) => Buffer.from(bytes))).toEqual([Buffer.from(DOCUMENT)]);
});

test('a record goes by XDR to a HISP that asks for our certificate, and is busy at first', async () => {
  const { ca, ...identity } = await serverAt();
  let asked = 0;
  const server = await startXdr(
    (heard) => says((asked += 1) === 1 ? 'edge/unavailable' : undefined)(heard),
    {
      ...identity,
      ca,
      requestCert: true,
      rejectUnauthorized: true,
    },
  );
  closing.push(server.close);
  const credentials = showing(await clientBy());
  goBy(xdrRelay(`hisp+xdr://${ANY_HOST}:${server.port}/xdr`, { credentials, authorities: [ca] }));

  await discharge(path);
  expect((await transmission(path)).timeline.at(-1)).toMatchObject({ code: 'deliver/deferred' });
  await path.sweepAt('2026-11-22T12:30:00Z');

  const shown = await transmission(path);
  expect(kinds(shown)).toEqual(['requested', 'intent', 'deferred', 'intent', 'accepted']);
  const requests = server.heard.map(({ entity }) => valueOf(readXdr(entity)));
  // The first was turned away, so the second is a new copy, under the same MessageID.
  expect(new Set(requests.map(({ messageId }) => messageId)).size).toBe(1);
  const { addressing, contents } = requests[1]!;
  expect(addressing).toMatchObject({ from: SENDER, to: [RECIPIENT], wantsFinalDelivery: true });
  const documents = contents.kind === 'submission' ? contents.submission.documents : [];
  expect(documents.map(({ bytes }) => Buffer.from(bytes))).toEqual([Buffer.from(DOCUMENT)]);
});
